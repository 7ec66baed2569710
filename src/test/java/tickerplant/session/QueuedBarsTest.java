package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tickerplant.codec.JsonRows;
import tickerplant.market.Bar;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.market.Turnover;
import tickerplant.message.Gap;
import tickerplant.message.RequestId;
import tickerplant.message.Row;

/** Bars that wait for one client which follows two symbols. */
class QueuedBarsTest extends OneClient {
    private static final long MINUTE = 60_000_000L;
    private static final int BOUND = 4;
    private static final JsonRows JSON = new JsonRows();

    QueuedBarsTest() {
        super(BOUND, new ClientSession.Limits(100, 10));
        market.apply(Events.listed("ACME", 100));
        market.apply(Events.listed("BETA", 100));
        session.begin();
        session.subscribe(RequestId.NONE, Channel.BARS_1M, Wanted.of(List.of("*")));
        outbox.drain();
        wire.frames.clear();
        wire.stall();
        trade("ACME", 100, 1);
        outbox.drain();
    }

    private void trade(String symbol, long price, long ts) {
        market.apply(Events.trade(symbol, price, 1, ts));
    }

    private List<String> frames() {
        wire.frames.clear();
        wire.take();
        outbox.drain();
        return List.copyOf(wire.frames);
    }

    private static int count(String what, String text) {
        return (text.length() - text.replace(what, "").length()) / what.length();
    }

    @Test
    void updatesOfTheOpenBarAreOneRowAndTheFinalOneIsAnother() {
        trade("ACME", 101, 2);
        trade("ACME", 102, 3);
        trade("ACME", 103, MINUTE);
        trade("ACME", 104, MINUTE + 1);

        String frame = frames().get(0);

        assertTrue(
                frame.startsWith("{\"type\":\"update\",\"channel\":\"bars\",\"ts\":1767225600000,\"data\":["
                        + "{\"symbol\":\"ACME\",\"interval\":\"1m\",\"seq\":3,\"n\":2,\"start\":0,\"open\":1,\"high\":1.02,"
                        + "\"low\":1,\"close\":1.02,\"volume\":3,\"vwap\":1.01,\"trades\":3,\"final\":false},"
                        + "{\"symbol\":\"ACME\",\"interval\":\"1m\",\"seq\":4,\"start\":0,"),
                frame);
        assertTrue(frame.contains("\"seq\":6,\"n\":2,\"start\":60000,"), frame);
        assertEquals(3, count("\"symbol\"", frame));
    }

    @Test
    void theOldestBarsGiveWayToAGapButNotTheNewestOfAnySymbol() {
        trade("BETA", 500, 1);
        for (int i = 1; i <= 5; i++) {
            trade("ACME", 100 + i, i * MINUTE);
        }

        List<String> frames = frames();

        assertEquals(
                """
                {"type":"gap","channel":"bars","interval":"1m","symbol":"ACME","from":2,"to":6,"reason":"slow_client"}""",
                frames.get(0));
        assertTrue(frames.get(1).contains("\"symbol\":\"BETA\",\"interval\":\"1m\",\"seq\":1,"), frames.get(1));
        assertEquals(BOUND + 2, count("\"symbol\"", frames.get(1)));
        assertTrue(frames.get(1).contains("\"symbol\":\"ACME\",\"interval\":\"1m\",\"seq\":7,"), frames.get(1));
        assertTrue(frames.get(1).contains("\"symbol\":\"ACME\",\"interval\":\"1m\",\"seq\":11,"), frames.get(1));
    }

    @Test
    void subscribingAgainSendsWhatWaitsFirst() {
        trade("ACME", 101, 2);
        session.subscribe(RequestId.NONE, Channel.BARS_1M, Wanted.of(List.of("ACME")));

        List<String> frames = frames();

        assertTrue(frames.get(0).contains("\"seq\":2,"), frames.get(0));
        assertTrue(frames.get(1).startsWith("{\"type\":\"subscribed\",\"channel\":\"bars\",\"interval\":\"1m\","));
        assertTrue(frames.get(2).startsWith("{\"type\":\"snapshot\",\"channel\":\"bars\","), frames.get(2));
    }

    @Test
    void nothingThatWaitedComesAfterEveryBarWasLeft() {
        session.subscribe(RequestId.NONE, Channel.BARS_1H, Wanted.of(List.of("A*")));
        trade("ACME", 101, 2);
        session.unsubscribeBars(RequestId.NONE);
        trade("ACME", 101, 3);

        List<String> frames = frames();

        assertEquals(
                """
                {"type":"unsubscribed","channel":"bars","symbols":["*","A*"],"total":0}""",
                frames.get(frames.size() - 1));
        assertEquals(
                0, frames.stream().filter(frame -> frame.contains("\"update\"")).count());
    }

    /** Whatever is added and taken in whatever pieces: nothing is missing unsaid, and no final bar is merged. */
    @Test
    void forAnyRunOfBarsWhatIsTakenIsWithoutAHole() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            QueuedBars waiting = new QueuedBars(BOUND, new Pace(clock), () -> Gap.Why.SLOW_CLIENT);
            Slot slot = new Slot(hub.topic(Channel.BARS_1M, Events.ACME).orElseThrow(), outbox);
            slot.interval = seed % 2 * 1_000;
            long seq = 0;
            long start = 0;
            long last = 0;
            for (int i = 0; i < 200; i++) {
                if (random.nextInt(10) > 0) {
                    boolean isFinal = random.nextInt(3) == 0;
                    Bar bar = new Bar(start, 1, 1, 1, 1, 1, Turnover.NONE, ++seq, isFinal);
                    waiting.add(slot, new Row(new BarUpdate(Events.ACME_INC, Channel.BARS_1M, seq, 1, bar), JSON));
                    start += random.nextInt(2);
                    continue;
                }
                clock.advance(Duration.ofNanos(random.nextInt(1_500)));
                waiting.held().ripen(clock.nanos());
                for (Gap gap : waiting.takeGap(any -> true).stream().toList()) {
                    assertEquals(last + 1, gap.from(), "seed " + seed);
                    last = gap.to();
                }
                for (Row row : random.nextBoolean() ? waiting.take(any -> true) : waiting.take(2)) {
                    BarUpdate update = (BarUpdate) row.update();
                    assertEquals(last, update.seq() - update.n(), "seed " + seed);
                    assertTrue(update.n() == 1 || !update.bar().isFinal(), "seed " + seed);
                    last = update.seq();
                }
            }
            assertTrue(last > 100, "seed " + seed);
        }
    }
}
