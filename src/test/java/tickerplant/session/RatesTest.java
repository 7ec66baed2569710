package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.market.Symbol;
import tickerplant.message.FeedHealth;
import tickerplant.message.Heartbeat;
import tickerplant.message.Rate;
import tickerplant.message.RequestId;
import tickerplant.message.Visible;

/** Limited rates, pauses and the steps of the ladder, on a clock that stands still; the test plays the sender's thread. */
class RatesTest extends OneClient {
    private static final int QUEUED = 8;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long NEVER = Long.MAX_VALUE;

    private long trades;

    RatesTest() {
        super(new Outbox.Bounds(65_536, 65_536, QUEUED, 1 << 18), new ClientSession.Limits(100, 100));
        for (String symbol : List.of("AAA", "AAB", "BBB")) {
            market.apply(Events.listed(symbol, 10_000));
        }
        session.begin();
    }

    private static Rate rate(String perSecond) {
        return Rate.parse(perSecond).orElseThrow();
    }

    private void follow(Channel channel, Rate rate, String... symbols) {
        session.subscribe(
                RequestId.NONE,
                channel,
                new Wanted(List.of(symbols), Beginning.SNAPSHOT, Resume.NOTHING, rate, NearMisses.NONE));
        turn();
        wire.frames.clear();
    }

    private void trade(String symbol) {
        trades++;
        market.apply(Events.trade(symbol, 10_000 + trades, 100, trades));
    }

    private void configure(Rate rate) {
        session.configure(RequestId.NONE, Optional.of(rate), Optional.empty(), Optional.empty());
    }

    private void pause(boolean paused) {
        session.configure(RequestId.NONE, Optional.empty(), Optional.of(paused), Optional.empty());
    }

    private void turn() {
        try {
            sender.turn(0);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What is sent now. */
    private List<String> sent() {
        wire.frames.clear();
        turn();
        return List.copyOf(wire.frames);
    }

    /** What is sent when so much time has passed and the sender's alarms have rung. */
    private List<String> sentAfter(Duration time) {
        wire.frames.clear();
        clock.advance(time);
        turn();
        return List.copyOf(wire.frames);
    }

    private List<String> typesSent() {
        return sent().stream().map(RatesTest::type).toList();
    }

    private static String type(String frame) {
        return frame.split("\"", -1)[3];
    }

    private static void assertContains(String part, String whole) {
        assertTrue(whole.contains(part), whole);
    }

    @Test
    void theUpdatesOfAnOpenBarWaitMergedAndAFinalBarWithThemAndNoneIsDropped() {
        follow(Channel.BARS_1M, rate("1"), "AAA");
        trade("AAA");
        assertEquals(1, sent().size());
        for (int i = 0; i < 3; i++) {
            trade("AAA");
        }
        market.apply(Events.trade("AAA", 10_000, 100, 60_000_000));
        assertEquals(List.of(), sent());

        String frame = sentAfter(Duration.ofMillis(1_001)).get(0);
        assertContains("\"seq\":4,\"n\":3,\"start\":0,", frame);
        assertContains("\"seq\":5,\"start\":0,", frame);
        assertContains("\"seq\":6,\"start\":60000,", frame);
    }

    @Test
    void aRowLeavesAtOnceAndTheNextAfterItsTime() {
        follow(Channel.TICKER, rate("2"), "AAA");
        trade("AAA");
        assertEquals(1, sent().size());
        trade("AAA");
        trade("AAA");
        assertEquals(List.of(), sent());
        assertEquals(List.of(), sentAfter(Duration.ofMillis(499)));
        List<String> due = sentAfter(Duration.ofMillis(2));
        assertEquals(1, due.size());
        assertContains("\"seq\":3,\"n\":2", due.get(0));
    }

    @Test
    void whatIsNotDueWakesNobody() {
        follow(Channel.TICKER, rate("2"), "AAA");
        trade("AAA");
        sent();
        int before = sender.waiting();
        for (int i = 0; i < 10; i++) {
            trade("AAA");
        }

        assertEquals(before, sender.waiting());
        assertEquals(1, sentAfter(SECOND).size());
    }

    @Test
    void rowsDueWithinAMillisecondGoInOneFrame() {
        follow(Channel.TICKER, rate("2"), "AAA", "BBB");
        trade("AAA");
        sent();
        clock.advance(Duration.ofNanos(900_000));
        trade("BBB");
        sent();
        trade("AAA");
        trade("BBB");

        assertEquals(List.of(), sentAfter(Duration.ofNanos(499_500_000)));
        List<String> due = sentAfter(Duration.ofMillis(1));
        assertEquals(1, due.size());
        assertContains("AAA", due.get(0));
        assertContains("BBB", due.get(0));
    }

    @Test
    void oneThatIsUnlimitedDoesNotWaitForOneThatIsNot() {
        follow(Channel.TICKER, rate("0.1"), "AAA");
        follow(Channel.TICKER, Rate.UNLIMITED, "BBB");
        trade("AAA");
        sent();
        trade("AAA");
        trade("BBB");
        List<String> now = sent();
        assertEquals(1, now.size());
        assertFalse(now.get(0).contains("AAA"), now.get(0));
        assertEquals(1, sentAfter(Duration.ofMillis(10_001)).size());
    }

    @Test
    void ofSeveralEntriesTheOneHoldsThatLimitsLeast() {
        follow(Channel.TICKER, rate("1"), "AAA");
        follow(Channel.TICKER, rate("10"), "A*");
        trade("AAA");
        sent();
        trade("AAA");
        assertEquals(1, sentAfter(Duration.ofMillis(101)).size());

        session.unsubscribe(RequestId.NONE, Channel.TICKER, List.of("A*"));
        sent();
        trade("AAA");
        assertEquals(List.of(), sentAfter(Duration.ofMillis(898)));
        assertEquals(1, sentAfter(Duration.ofMillis(200)).size());
    }

    @Test
    void ofConnectionAndSubscriptionTheLowerHolds() {
        follow(Channel.TICKER, rate("10"), "AAA");
        configure(rate("1"));
        trade("AAA");
        sent();
        trade("AAA");
        assertEquals(List.of(), sentAfter(Duration.ofMillis(990)));
        assertEquals(1, sentAfter(Duration.ofMillis(11)).size());

        trade("AAA");
        configure(Rate.UNLIMITED);
        sent();
        assertEquals(1, sentAfter(Duration.ofMillis(101)).size());
    }

    @Test
    void subscribingAgainSendsWhatWaitsAndTakesTheNewRate() {
        follow(Channel.TICKER, rate("0.1"), "AAA");
        trade("AAA");
        sent();
        trade("AAA");
        session.subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(List.of("AAA")));
        assertEquals(List.of("update", "subscribed", "snapshot"), typesSent());
        trade("AAA");
        assertEquals(1, sent().size());
        trade("AAA");
        assertEquals(1, sent().size());
    }

    @Test
    void tradesWaitTogetherAndNoneIsLost() {
        follow(Channel.TRADES, rate("1"), "AAA");
        trade("AAA");
        sent();
        for (int i = 0; i < 4; i++) {
            trade("AAA");
        }
        assertEquals(List.of(), sent());
        List<String> batch = sentAfter(Duration.ofMillis(1_001));
        assertEquals(1, batch.size());
        assertEquals(5, batch.get(0).split("\"seq\":", -1).length);
    }

    @Test
    void tradesThatFillTheQueueLeaveBeforeTheirTime() {
        follow(Channel.TRADES, rate("0.1"), "AAA");
        trade("AAA");
        sent();
        for (int i = 0; i < QUEUED / 2; i++) {
            trade("AAA");
        }
        assertEquals(List.of(), sent());
        trade("AAA");
        List<String> early = sent();
        assertEquals(1, early.size());
        assertContains("\"seq\":6,", early.get(0));
        assertFalse(early.get(0).contains("gap"));
    }

    @Test
    void theListOfSubscriptionsShowsEachRate() {
        follow(Channel.TICKER, rate("2.50"), "AAA");
        follow(Channel.TICKER, Rate.UNLIMITED, "B*");
        follow(Channel.TICKER, rate("2.5"), "AAB");
        session.subscriptions(RequestId.NONE);

        assertEquals(
                """
                {"type":"subscriptions","data":[{"channel":"ticker","symbols":["AAA","AAB"],"max_rate":2.5},\
                {"channel":"ticker","symbols":["B*"]}]}""",
                sent().get(0));
    }

    @Test
    void inAPauseNothingComesButAnswersAndHeartbeats() {
        follow(Channel.TICKER, Rate.UNLIMITED, "*");
        follow(Channel.TRADES, rate("1"), "AAA");
        pause(true);
        trade("AAA");
        trade("AAA");
        session.ping(RequestId.NONE, "");
        outbox.heartbeat(new Heartbeat(clock.micros(), FeedHealth.LIVE, OptionalLong.of(3), Optional.empty()));
        assertEquals(List.of("heartbeat", "configured", "pong", "flow"), typesSent());
        assertEquals(
                """
                {"type":"flow","level":"paused","reason":"configured","pending":3}""",
                wire.frames.get(3));
        assertEquals(List.of(), sentAfter(Duration.ofSeconds(30)));

        pause(false);
        assertEquals(List.of("configured", "flow", "update", "update"), typesSent());
        assertContains("\"level\":\"full\",\"reason\":\"configured\"", wire.frames.get(1));
        assertContains("\"seq\":2,\"n\":2", wire.frames.get(2));
    }

    @Test
    void theEndOfAPauseWaitsForNoRate() {
        follow(Channel.TRADES, rate("0.1"), "AAA");
        trade("AAA");
        sent();
        pause(true);
        trade("AAA");
        trade("AAA");
        sent();
        pause(false);
        assertEquals(List.of("configured", "flow", "update"), typesSent());
    }

    @Test
    void whatWasHeldWhileAFrameWasInFlightLeavesInItsTime() {
        follow(Channel.TICKER, rate("2"), "AAA");
        wire.stall();
        trade("AAA");
        sent();
        trade("AAA");
        wire.take();
        sent();
        assertEquals(1, sentAfter(Duration.ofMillis(501)).size());
    }

    @Test
    void oneThatMaySendEarlierThanTheOthersIsNotForgotten() {
        follow(Channel.TICKER, rate("0.1"), "AAA");
        follow(Channel.TICKER, rate("0.2"), "BBB");
        trade("BBB");
        sent();
        clock.advance(Duration.ofSeconds(3));
        trade("AAA");
        sent();
        trade("AAA");
        sentAfter(Duration.ofMillis(2_001));
        clock.advance(Duration.ofMillis(10));
        trade("BBB");
        assertEquals(1, sent().size());
    }

    @Test
    void whatDoesNotFitIntoThePauseIsAGapThatSaysSo() {
        follow(Channel.TRADES, Rate.UNLIMITED, "AAA");
        pause(true);
        sent();
        for (int i = 0; i < QUEUED + 3; i++) {
            trade("AAA");
        }
        pause(false);
        assertEquals(List.of("configured", "flow", "gap", "update"), typesSent());
        assertContains("\"from\":1,\"to\":3,\"reason\":\"configured\"", wire.frames.get(2));
    }

    @Test
    void aGapOfBothReasonsIsTheSlowClients() {
        follow(Channel.TRADES, Rate.UNLIMITED, "AAA");
        pause(true);
        sent();
        for (int i = 0; i < QUEUED + 1; i++) {
            trade("AAA");
        }
        wire.stall();
        pause(false);
        turn();
        trade("AAA");
        wire.take();
        assertEquals(List.of("flow", "gap", "update"), typesSent());
        assertContains("\"from\":1,\"to\":2,\"reason\":\"slow_client\"", wire.frames.get(1));
    }

    @Test
    void aPauseTakenBackBeforeItWasToldIsNotTold() {
        follow(Channel.TICKER, Rate.UNLIMITED, "AAA");
        pause(true);
        pause(false);
        assertEquals(List.of("configured", "configured"), typesSent());
    }

    @Test
    void hiddenSymbolsComeEveryFiveSecondsAndShownOnesAtOnce() {
        follow(Channel.TICKER, Rate.UNLIMITED, "*");
        Symbol shown = new Symbol("AAA");
        session.configure(
                RequestId.NONE, Optional.empty(), Optional.empty(), Optional.of(Visible.only(List.of(shown))));
        List<String> told = sent();
        assertEquals("{\"type\":\"configured\",\"paused\":false,\"visible\":[\"AAA\"]}", told.get(0));
        assertContains("\"level\":\"reduced\",\"reason\":\"hidden\",\"max_rate\":0.2", told.get(1));
        trade("AAA");
        trade("BBB");
        sent();
        trade("AAA");
        trade("BBB");
        List<String> now = sent();
        assertEquals(1, now.size());
        assertFalse(now.get(0).contains("BBB"), now.get(0));
        assertEquals(List.of(), sentAfter(Duration.ofMillis(4_999)));
        assertEquals(1, sentAfter(Duration.ofMillis(2)).size());

        trade("BBB");
        session.configure(RequestId.NONE, Optional.empty(), Optional.empty(), Optional.of(Visible.ALL));
        assertEquals(List.of("configured", "flow", "update"), typesSent());
    }

    @Test
    void aSlowClientHearsHowItStandsAndWhenItIsOver() {
        follow(Channel.TICKER, Rate.UNLIMITED, "AAA");
        while (wire.pings.isEmpty()) {
            trade("AAA");
            turn();
        }
        wire.frames.clear();
        for (int i = 0; i < 100; i++) {
            trade("AAA");
            clock.advance(Duration.ofMillis(100));
            outbox.tend(NEVER);
            turn();
        }
        assertEquals(
                List.of(
                        "{\"type\":\"flow\",\"level\":\"conflating\",\"reason\":\"slow_client\",\"pending\":1}",
                        "{\"type\":\"flow\",\"level\":\"reduced\",\"reason\":\"slow_client\",\"max_rate\":2,\"pending\":1}",
                        "{\"type\":\"flow\",\"level\":\"paused\",\"reason\":\"slow_client\",\"pending\":1}"),
                wire.frames);

        outbox.pong(wire.pings.get(0));
        assertEquals(List.of("flow", "update"), typesSent());
        assertContains("\"level\":\"reduced\"", wire.frames.get(0));
        assertEquals(2, wire.pings.size(), "a ping shows whether the catch-up is read at once");
        clock.advance(Duration.ofMillis(20));
        outbox.pong(wire.pings.get(1));
        assertContains("\"level\":\"full\",\"reason\":\"slow_client\"", sent().get(0));
    }

    @Test
    void ofSeveralStepsThatCouldNotBeToldOnlyTheLastIs() {
        follow(Channel.TICKER, Rate.UNLIMITED, "AAA");
        wire.stall();
        for (int i = 0; i < 100; i++) {
            trade("AAA");
            turn();
            clock.advance(Duration.ofMillis(100));
            outbox.tend(NEVER);
        }
        wire.take();
        assertEquals(List.of("flow", "update"), typesSent());
        assertContains("\"level\":\"reduced\"", wire.frames.get(0));
    }

    @Test
    void aPauseIsNoFault() {
        follow(Channel.TICKER, Rate.UNLIMITED, "AAA");
        pause(true);
        sent();
        for (int i = 0; i < 1_000; i++) {
            trade("AAA");
            clock.advance(Duration.ofMillis(100));
            outbox.tend(NEVER);
            turn();
        }
        assertEquals(0, outbox.stalledNanos());
        assertEquals(0, outbox.silentNanos());
        pause(false);
        assertEquals(List.of("configured", "flow", "update"), typesSent());
        assertContains("\"n\":1000", wire.frames.get(2));
    }

    @Test
    void whoAnswersNoPingIsSilentAndWhoDoesIsNot() {
        outbox.tend(SECOND.toNanos());
        turn();
        assertEquals(List.of(), wire.pings);
        clock.advance(SECOND);
        outbox.tend(SECOND.toNanos());
        turn();
        clock.advance(SECOND);
        outbox.tend(SECOND.toNanos());
        turn();
        assertEquals(List.of(1L), wire.pings, "one at a time");
        assertEquals(SECOND.toNanos(), outbox.silentNanos());
        outbox.pong(1);
        assertEquals(0, outbox.silentNanos());
        assertEquals(0, outbox.stalledNanos(), "a probe closes no window");
    }
}
