package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.market.Symbol;
import tickerplant.message.Rate;
import tickerplant.message.RequestId;
import tickerplant.message.Visible;

/** Limited rates, pauses and the steps of the ladder, on a clock that stands still; the test plays the sender's thread. */
class RatesTest extends RatedClient {
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
}
