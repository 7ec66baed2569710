package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.message.FeedHealth;
import tickerplant.message.Heartbeat;
import tickerplant.message.Pong;
import tickerplant.message.Rate;
import tickerplant.message.RequestId;

/** What waits for a client goes out merged, or in its order, between what he asks for. */
class OutboxTest extends QueuedClient {
    @Test
    void whatComesWhileAFrameIsInFlightGoesInOneMergedRow() {
        follow(Channel.TICKER);
        wire.stall();
        happen(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        happen(
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
        happen(Events.trade("ACME", 10_000, 100, 1), Events.trade("ACME", 10_500, 100, 2));
        outbox.drain();

        assertEquals(1, wire.frames.size());
        assertTrue(wire.frames.get(0).contains("\"seq\":1,\"last\":100,"), wire.frames.get(0));
        assertTrue(wire.frames.get(0).contains("\"seq\":2,\"last\":105,"), wire.frames.get(0));
    }

    @Test
    void rowsMergeWhereASenderIsTooLate() {
        follow(Channel.TICKER);
        for (int i = 1; i <= Fresh.MOST + 1; i++) {
            happen(Events.trade("ACME", 10_000 + i, 100, i));
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
        happen(Events.trade("ACME", 10_000, 100, 1), Events.trade("ACME", 10_500, 100, 2));
        wire.stall();
        outbox.reply(new Pong(RequestId.NONE, "", 1));
        outbox.drain();
        assertEquals(List.of("pong"), types());
        happen(Events.trade("ACME", 10_100, 100, 3));
        wire.take();
        outbox.drain();

        assertTrue(
                wire.frames.get(1).contains("\"data\":[{\"symbol\":\"ACME\",\"seq\":3,\"n\":3,\"hi\":105,\"lo\":100,"),
                wire.frames.get(1));
    }

    @Test
    void aRateThatComesMergesWhatWaits() {
        follow(Channel.TICKER);
        happen(Events.trade("ACME", 10_000, 100, 1), Events.trade("ACME", 10_500, 100, 2));
        session.configure(RequestId.NONE, Optional.of(new Rate(BigDecimal.ONE)), Optional.empty(), Optional.empty());
        happen(Events.trade("ACME", 10_100, 100, 3));
        outbox.drain();

        assertEquals(List.of("configured", "update"), types());
        assertTrue(wire.frames.get(1).contains("\"seq\":3,\"n\":3,"), wire.frames.get(1));
    }

    @Test
    void tradesAreNeverMerged() {
        follow(Channel.TRADES);
        wire.stall();
        happen(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        happen(Events.trade("ACME", 10_500, 100, 2), Events.trade("ACME", 9_500, 100, 3));
        wire.take();
        outbox.drain();

        assertTrue(wire.frames.get(1).contains("\"seq\":2,\"price\":105"), wire.frames.get(1));
        assertTrue(wire.frames.get(1).contains("\"seq\":3,\"price\":95"), wire.frames.get(1));
    }

    @Test
    void theAnswerComesFirstThenTheSnapshotThenWhatChanged() {
        session.subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(List.of("acme")));
        happen(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();

        assertEquals(List.of("subscribed", "snapshot", "update"), types());
        assertTrue(wire.frames.get(1).contains("\"seq\":0"), wire.frames.get(1));
        assertTrue(wire.frames.get(2).contains("\"seq\":1"), wire.frames.get(2));
    }

    @Test
    void subscribingAgainSendsWhatWaitsAndThenAFreshSnapshot() {
        follow(Channel.TICKER);
        wire.stall();
        happen(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        happen(Events.trade("ACME", 10_100, 100, 2));
        session.subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(List.of("ACME")));
        wire.take();
        outbox.drain();

        assertEquals(List.of("update", "update", "subscribed", "snapshot"), types());
    }

    @Test
    void nothingThatWaitedComesAfterUnsubscribed() {
        follow(Channel.TICKER);
        follow(Channel.TRADES);
        wire.stall();
        happen(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        happen(Events.trade("ACME", 10_100, 100, 2));
        session.unsubscribe(RequestId.NONE, Channel.TICKER, List.of());
        session.unsubscribe(RequestId.NONE, Channel.TRADES, List.of("ACME"));
        happen(Events.trade("ACME", 10_200, 100, 3));
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
            happen(Events.trade("ACME", 10_000 + sent, 100, sent));
            outbox.drain();
        }
        wire.frames.clear();
        happen(Events.trade("ACME", 20_000, 100, sent + 1), Events.trade("ACME", 10_000, 100, sent + 2));
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
}
