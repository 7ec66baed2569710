package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tickerplant.codec.JsonFrames;
import tickerplant.codec.JsonRows;
import tickerplant.hub.Hub;
import tickerplant.market.Channel;
import tickerplant.market.Event;
import tickerplant.market.Events;
import tickerplant.market.FixedClock;
import tickerplant.market.Loss;
import tickerplant.market.Market;
import tickerplant.message.CloseCode;
import tickerplant.message.ErrorMessage;
import tickerplant.message.FeedHealth;
import tickerplant.message.Heartbeat;
import tickerplant.message.Pong;
import tickerplant.message.Rate;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;

/** One client behind a market of one symbol; the test plays the sender's thread by calling {@link Outbox#drain}. */
class OutboxTest {
    private static final int QUEUED = 4;
    private static final int REPLY_BYTES = 1_024;

    private final FixedClock clock = FixedClock.at(1_767_225_600_000_000L);
    private final RecordingWire wire = new RecordingWire();
    private final Outbox outbox = new Outbox(
            "s-1",
            wire,
            new JsonFrames(),
            new Sender(clock),
            clock,
            new Outbox.Bounds(65_536, 65_536, QUEUED, REPLY_BYTES));
    private final Hub hub = new Hub(new JsonRows(), (event, reason) -> {}, 1_000);
    private final Market market = new Market(hub, 1_000);
    private final ClientSession session =
            new ClientSession(hub, outbox, clock, "e-1", new ClientSession.Limits(100, 10));

    OutboxTest() {
        market.apply(Events.listed("ACME", 9_900));
        session.begin();
    }

    private void play(Event... events) {
        for (Event event : events) {
            market.apply(event);
        }
    }

    private void follow(Channel channel) {
        session.subscribe(RequestId.NONE, channel, Wanted.of(List.of("ACME")));
        outbox.drain();
        wire.frames.clear();
    }

    private List<String> types() {
        return wire.frames.stream().map(OutboxTest::type).toList();
    }

    private static String type(String frame) {
        int start = "{\"type\":\"".length();
        return frame.substring(start, frame.indexOf('"', start));
    }

    @Test
    void whatComesWhileAFrameIsInFlightGoesInOneMergedRow() {
        follow(Channel.TICKER);
        wire.stall();
        play(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        play(
                Events.trade("ACME", 10_500, 100, 2),
                Events.trade("ACME", 9_500, 100, 3),
                Events.trade("ACME", 10_100, 100, 4));
        assertEquals(1, wire.frames.size(), "one frame in flight, never two");

        wire.take();
        outbox.drain();

        assertEquals(2, wire.frames.size());
        assertTrue(
                wire.frames.get(1).contains("\"seq\":4,\"n\":3,\"hi\":105,\"lo\":95,\"last\":101"), wire.frames.get(1));
    }

    @Test
    void rowsStayThemselvesForAClientThatTakesWhatItIsSent() {
        follow(Channel.TICKER);
        play(Events.trade("ACME", 10_000, 100, 1), Events.trade("ACME", 10_500, 100, 2));
        outbox.drain();

        assertEquals(1, wire.frames.size());
        assertTrue(wire.frames.get(0).contains("\"seq\":1,\"last\":100,"), wire.frames.get(0));
        assertTrue(wire.frames.get(0).contains("\"seq\":2,\"last\":105,"), wire.frames.get(0));
    }

    @Test
    void rowsMergeWhereASenderIsTooLate() {
        follow(Channel.TICKER);
        for (int i = 1; i <= Fresh.MOST + 1; i++) {
            play(Events.trade("ACME", 10_000 + i, 100, i));
        }
        outbox.drain();

        assertEquals(1, wire.frames.size());
        assertTrue(
                wire.frames
                        .get(0)
                        .contains("\"data\":[{\"symbol\":\"ACME\",\"seq\":257,\"n\":257,\"hi\":102.57,\"lo\":100.01,"),
                wire.frames.get(0));
    }

    @Test
    void whatWaitedByItselfMergesOnceTheClientIsBehind() {
        follow(Channel.TICKER);
        play(Events.trade("ACME", 10_000, 100, 1), Events.trade("ACME", 10_500, 100, 2));
        wire.stall();
        outbox.reply(new Pong(RequestId.NONE, "", 1));
        outbox.drain();
        assertEquals(List.of("pong"), types());
        play(Events.trade("ACME", 10_100, 100, 3));
        wire.take();
        outbox.drain();

        assertTrue(
                wire.frames.get(1).contains("\"data\":[{\"symbol\":\"ACME\",\"seq\":3,\"n\":3,\"hi\":105,\"lo\":100,"),
                wire.frames.get(1));
    }

    @Test
    void aRateThatComesMergesWhatWaits() {
        follow(Channel.TICKER);
        play(Events.trade("ACME", 10_000, 100, 1), Events.trade("ACME", 10_500, 100, 2));
        session.configure(RequestId.NONE, Optional.of(new Rate(BigDecimal.ONE)), Optional.empty(), Optional.empty());
        play(Events.trade("ACME", 10_100, 100, 3));
        outbox.drain();

        assertEquals(List.of("configured", "update"), types());
        assertTrue(wire.frames.get(1).contains("\"seq\":3,\"n\":3,"), wire.frames.get(1));
    }

    @Test
    void tradesAreNeverMerged() {
        follow(Channel.TRADES);
        wire.stall();
        play(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        play(Events.trade("ACME", 10_500, 100, 2), Events.trade("ACME", 9_500, 100, 3));
        wire.take();
        outbox.drain();

        assertTrue(wire.frames.get(1).contains("\"seq\":2,\"price\":105"), wire.frames.get(1));
        assertTrue(wire.frames.get(1).contains("\"seq\":3,\"price\":95"), wire.frames.get(1));
    }

    @Test
    void theOldestTradesGiveWayToAGapThatComesBeforeTheRest() {
        follow(Channel.TRADES);
        wire.stall();
        play(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        for (int i = 2; i <= 8; i++) {
            play(Events.trade("ACME", 10_000 + i, 100, i));
        }
        wire.take();
        outbox.drain();

        assertEquals(
                """
                {"type":"gap","channel":"trades","symbol":"ACME","from":2,"to":4,"reason":"slow_client"}""",
                wire.frames.get(1));
        assertTrue(wire.frames.get(2).contains("\"seq\":5,"), wire.frames.get(2));
        assertTrue(wire.frames.get(2).contains("\"seq\":8,"), wire.frames.get(2));
    }

    @Test
    void whatWasLostUpstreamIsAGapInItsPlace() {
        follow(Channel.TRADES);
        wire.stall();
        play(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        play(
                Events.trade("ACME", 10_100, 100, 2),
                new Loss(Events.ACME, 3),
                new Loss(Events.ACME, 3),
                Events.trade("ACME", 10_200, 100, 4));
        wire.take();
        outbox.drain();

        assertEquals(List.of("update", "update", "gap", "gap", "update"), types());
        assertTrue(wire.frames.get(1).contains("\"seq\":2,\"price\":101"), wire.frames.get(1));
        assertEquals(
                """
                {"type":"gap","channel":"trades","symbol":"ACME","from":3,"to":3,"reason":"feed"}""",
                wire.frames.get(2));
        assertTrue(wire.frames.get(4).contains("\"seq\":5,\"price\":102"), wire.frames.get(4));
    }

    @Test
    void whoComesBackAfterALossHearsTheSameGap() {
        follow(Channel.TRADES);
        play(
                Events.trade("ACME", 10_100, 100, 1),
                new Loss(Events.ACME, 2),
                Events.trade("ACME", 10_200, 100, 3),
                new Loss(Events.ACME, 4));
        session.unsubscribe(RequestId.NONE, Channel.TRADES, List.of());
        outbox.drain();
        wire.frames.clear();

        Resume resume = new Resume("e-1", Map.of(Events.ACME, 1L));
        session.subscribe(
                RequestId.NONE,
                Channel.TRADES,
                new Wanted(List.of("ACME"), Beginning.SNAPSHOT, resume, Rate.UNLIMITED, NearMisses.NONE));
        outbox.drain();

        assertEquals(List.of("subscribed", "gap", "update", "gap"), types());
        assertTrue(wire.frames.get(1).contains("\"from\":2,\"to\":2,\"reason\":\"feed\""), wire.frames.get(1));
        assertTrue(wire.frames.get(3).contains("\"from\":4,\"to\":4,\"reason\":\"feed\""), wire.frames.get(3));
    }

    @Test
    void asManyTradesMayWaitBehindWhatIsReplayedAsAreReplayedBeforeThem() {
        int missed = 10;
        trades(1, missed);
        wire.stall();
        Resume resume = new Resume("e-1", Map.of(Events.ACME, 0L));
        session.subscribe(
                RequestId.NONE,
                Channel.TRADES,
                new Wanted(List.of("ACME"), Beginning.SNAPSHOT, resume, Rate.UNLIMITED, NearMisses.NONE));
        outbox.drain();
        int last = missed + missed + QUEUED;
        trades(missed + 1, last);
        wire.take();
        outbox.drain();
        assertFalse(types().contains("gap"), types().toString());
        assertTrue(wire.frames.get(wire.frames.size() - 1).contains("\"seq\":" + last + ","), types().toString());

        wire.frames.clear();
        wire.stall();
        session.ping(RequestId.NONE, "1");
        outbox.drain();
        trades(last + 1, last + QUEUED + 1);
        wire.take();
        outbox.drain();
        assertEquals(List.of("pong", "gap", "update"), types());
    }

    private void trades(int from, int to) {
        for (int seq = from; seq <= to; seq++) {
            play(Events.trade("ACME", 10_000 + seq, 100, seq));
        }
    }

    @Test
    void whoHasToGoNowIsClosedAfterTheFrameUnderWayAndHearsNothingMore() {
        session.subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(List.of("ACME")));
        wire.stall();
        outbox.drain();
        assertEquals(List.of("subscribed"), types());

        outbox.closeNow(CloseCode.AUTHENTICATION_FAILED, "the token has expired");
        play(Events.trade("ACME", 10_000, 100, 1));
        session.ping(RequestId.NONE, "1");
        outbox.drain();
        assertEquals(Optional.empty(), wire.closed);

        wire.take();
        outbox.drain();
        assertEquals(List.of("subscribed"), types());
        assertEquals(Optional.of(CloseCode.AUTHENTICATION_FAILED), wire.closed);
    }

    @Test
    void theAnswerComesFirstThenTheSnapshotThenWhatChanged() {
        session.subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(List.of("acme")));
        play(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();

        assertEquals(List.of("subscribed", "snapshot", "update"), types());
        assertTrue(wire.frames.get(1).contains("\"seq\":0"), wire.frames.get(1));
        assertTrue(wire.frames.get(2).contains("\"seq\":1"), wire.frames.get(2));
    }

    @Test
    void subscribingAgainSendsWhatWaitsAndThenAFreshSnapshot() {
        follow(Channel.TICKER);
        wire.stall();
        play(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        play(Events.trade("ACME", 10_100, 100, 2));
        session.subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(List.of("ACME")));
        wire.take();
        outbox.drain();

        assertEquals(List.of("update", "update", "subscribed", "snapshot"), types());
    }

    @Test
    void subscribingAgainTellsTheGapOfTradesBeforeTheRestOfThem() {
        follow(Channel.TRADES);
        wire.stall();
        for (int i = 1; i <= 8; i++) {
            play(Events.trade("ACME", 10_000 + i, 100, i));
            outbox.drain();
        }
        session.subscribe(RequestId.NONE, Channel.TRADES, Wanted.of(List.of("ACME")));
        wire.take();
        outbox.drain();

        assertEquals(List.of("update", "gap", "update", "subscribed", "snapshot"), types());
        assertTrue(wire.frames.get(1).contains("\"from\":2,\"to\":4"), wire.frames.get(1));
    }

    @Test
    void nothingThatWaitedComesAfterUnsubscribed() {
        follow(Channel.TICKER);
        follow(Channel.TRADES);
        wire.stall();
        play(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        play(Events.trade("ACME", 10_100, 100, 2));
        session.unsubscribe(RequestId.NONE, Channel.TICKER, List.of());
        session.unsubscribe(RequestId.NONE, Channel.TRADES, List.of("ACME"));
        play(Events.trade("ACME", 10_200, 100, 3));
        wire.take();
        outbox.drain();

        assertEquals(List.of("update", "unsubscribed", "unsubscribed"), types());
    }

    @Test
    void afterAWindowOfBytesNothingButHeartbeatsGoesOutUntilThePong() {
        follow(Channel.TICKER);
        int sent = 0;
        while (wire.pings.isEmpty()) {
            sent++;
            play(Events.trade("ACME", 10_000 + sent, 100, sent));
            outbox.drain();
        }
        wire.frames.clear();
        play(Events.trade("ACME", 20_000, 100, sent + 1), Events.trade("ACME", 10_000, 100, sent + 2));
        outbox.heartbeat(new Heartbeat(clock.micros(), FeedHealth.LIVE, OptionalLong.of(3), Optional.empty()));
        outbox.drain();
        assertEquals(List.of("heartbeat"), types());

        outbox.pong(wire.pings.get(0) + 1);
        outbox.drain();
        assertEquals(1, wire.frames.size(), "a pong to nothing opens nothing");

        outbox.pong(wire.pings.get(0));
        outbox.drain();
        assertTrue(wire.frames.get(1).contains("\"n\":2,\"hi\":200,\"lo\":100"), wire.frames.get(1));
    }

    @Test
    void aClientThatTakesNothingIsStalledSinceTheFrame() {
        follow(Channel.TICKER);
        clock.advance(Duration.ofSeconds(5));
        assertEquals(0, outbox.stalledNanos());
        wire.stall();
        play(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        clock.advance(Duration.ofSeconds(7));

        assertEquals(Duration.ofSeconds(7).toNanos(), outbox.stalledNanos());

        wire.take();
        assertEquals(0, outbox.stalledNanos());
    }

    @Test
    void aClientThatReadsNoAnswersIsEnded() {
        wire.stall();
        for (int waiting = 0; waiting <= 2 * REPLY_BYTES; waiting += 128) {
            outbox.reply(new Pong(RequestId.NONE, "", 1));
            outbox.drain();
        }
        assertEquals(Optional.empty(), wire.closed, "it has only just asked");
        clock.advance(Duration.ofSeconds(2));
        outbox.reply(new Pong(RequestId.NONE, "", 1));

        assertEquals(Optional.of(CloseCode.TOO_SLOW), wire.closed);
        assertTrue(wire.wasCut);
    }

    @Test
    void whoAsksForMuchTooMuchAtOnceIsEndedToo() {
        wire.stall();
        for (int waiting = 0; waiting <= 17 * REPLY_BYTES; waiting += 128) {
            outbox.reply(new Pong(RequestId.NONE, "", 1));
            outbox.drain();
        }

        assertEquals(Optional.of(CloseCode.TOO_SLOW), wire.closed);
    }

    @Test
    void nobodyIsEndedForTheLengthOfOneAnswer() {
        wire.stall();
        outbox.reply(new Pong(RequestId.NONE, "", 1));
        outbox.drain();
        outbox.reply(new ErrorMessage(RequestId.NONE, Reason.INTERNAL, "x".repeat(17 * REPLY_BYTES), ""));
        clock.advance(Duration.ofSeconds(2));
        outbox.reply(new Pong(RequestId.NONE, "", 2));
        assertEquals(Optional.empty(), wire.closed);

        outbox.reply(new ErrorMessage(RequestId.NONE, Reason.INTERNAL, "x".repeat(2 * REPLY_BYTES), ""));
        assertEquals(Optional.of(CloseCode.TOO_SLOW), wire.closed, "but for what is asked besides");
    }

    @Test
    void closingWaitsForTheAnswersButNotForMore() {
        follow(Channel.TICKER);
        outbox.reply(new Pong(RequestId.NONE, "", 1));
        outbox.close(CloseCode.UNSUPPORTED_DATA, "binary");
        play(Events.trade("ACME", 10_000, 100, 1));
        outbox.reply(new Pong(RequestId.NONE, "", 2));
        outbox.drain();

        assertEquals(1, wire.frames.size());
        assertEquals(Optional.of(CloseCode.UNSUPPORTED_DATA), wire.closed);
        assertFalse(wire.wasCut);
    }

    @Test
    void aFrameThatFailsEndsTheOutbox() {
        follow(Channel.TICKER);
        wire.stall();
        play(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        wire.fail();
        play(Events.trade("ACME", 10_000, 100, 2));
        outbox.drain();

        assertEquals(1, wire.frames.size());
    }
}
