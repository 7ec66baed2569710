package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.market.Loss;
import tickerplant.message.Rate;
import tickerplant.message.RequestId;

/** What a client that takes every trade is told in the place of those that are missing. */
class GapsTest extends QueuedClient {
    @Test
    void theOldestTradesGiveWayToAGapThatComesBeforeTheRest() {
        follow(Channel.TRADES);
        wire.stall();
        happen(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        for (int i = 2; i <= 8; i++) {
            happen(Events.trade("ACME", 10_000 + i, 100, i));
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
        happen(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        happen(
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
        happen(
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
            happen(Events.trade("ACME", 10_000 + seq, 100, seq));
        }
    }

    @Test
    void subscribingAgainTellsTheGapOfTradesBeforeTheRestOfThem() {
        follow(Channel.TRADES);
        wire.stall();
        for (int i = 1; i <= 8; i++) {
            happen(Events.trade("ACME", 10_000 + i, 100, i));
            outbox.drain();
        }
        session.subscribe(RequestId.NONE, Channel.TRADES, Wanted.of(List.of("ACME")));
        wire.take();
        outbox.drain();

        assertEquals(List.of("update", "gap", "update", "subscribed", "snapshot"), types());
        assertTrue(wire.frames.get(1).contains("\"from\":2,\"to\":4"), wire.frames.get(1));
    }
}
