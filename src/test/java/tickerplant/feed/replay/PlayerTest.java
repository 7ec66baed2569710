package tickerplant.feed.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tickerplant.feed.FeedSink;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.Recording;
import tickerplant.feed.iex.Heard;
import tickerplant.market.Cancel;
import tickerplant.market.Event;
import tickerplant.market.Listed;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

class PlayerTest {
    private static final Symbol A = new Symbol("A");
    private static final long T0 = 1_500_000_000_000_000L;

    private final PacedClock clock = new PacedClock();
    private final Heard heard = new Heard();

    @Test
    void eventsWaitUntilTheyAreDueAndKeepTheirTimes() throws Exception {
        replay(
                        "1",
                        ReplayFeed.Repeat.ONCE,
                        trade(0, "1"),
                        trade(1_000_000, "2"),
                        trade(1_000_100, "3"),
                        trade(4_000_000, "4"))
                .run(heard);

        assertEquals(List.of(1_000_000L, 3_000_000L), clock.sleepsInMicros());
        assertEquals(
                List.of(T0, T0 + 1_000_000, T0 + 1_000_100, T0 + 4_000_000),
                heard.events().stream().map(Event::ts).toList());
    }

    @Test
    void whatWasToldBeforeIsPassedOverAtOnceAndTheRestKeepsItsNumbers() throws Exception {
        List<Long> positions = new ArrayList<>();
        ReplayFeed feed = replay(
                "1",
                ReplayFeed.Repeat.ONCE,
                trade(0, "1"),
                trade(1_000_000, "2"),
                trade(5_000_000, "3"),
                trade(6_000_000, "4"));
        feed.goOn(2);
        feed.run(new FeedSink() {
            @Override
            public void event(Event event) {
                heard.event(event);
            }

            @Override
            public void event(Event event, long position) {
                positions.add(position);
                event(event);
            }

            @Override
            public void damaged(String place, String reason) {
                heard.damaged(place, reason);
            }
        });

        assertEquals(List.of(trade(5_000_000, "3"), trade(6_000_000, "4")), heard.events());
        assertEquals(List.of(3L, 4L), positions);
        assertEquals(List.of(1_000_000L), clock.sleepsInMicros());
    }

    @Test
    void speedDividesTheWaitsAndMaxNeverWaits() throws Exception {
        Event[] events = {trade(0, "1"), trade(1_000_000, "2"), trade(3_000_000, "3")};
        replay("20", ReplayFeed.Repeat.ONCE, events).run(heard);
        assertEquals(List.of(50_000L, 100_000L), clock.sleepsInMicros());

        replay("0.5", ReplayFeed.Repeat.ONCE, events).run(heard);
        assertEquals(List.of(50_000L, 100_000L, 2_000_000L, 4_000_000L), clock.sleepsInMicros());

        replay("max", ReplayFeed.Repeat.ONCE, events).run(heard);
        assertEquals(4, clock.sleepsInMicros().size());
        assertEquals(9, heard.events().size());
    }

    @Test
    void whoIsLateCatchesUpInsteadOfShiftingTheRest() throws Exception {
        replay("1", ReplayFeed.Repeat.ONCE, trade(0, "1"), trade(1_000_000, "2"), trade(3_000_000, "3"))
                .run(new FeedSink() {
                    @Override
                    public void event(Event event) {
                        heard.event(event);
                        clock.pass(1_500_000);
                    }

                    @Override
                    public void damaged(String place, String reason) {
                        heard.damaged(place, reason);
                    }
                });

        assertEquals(List.of(), clock.sleepsInMicros());
        assertEquals(3, heard.events().size());
    }

    @Test
    void furtherLapsAreShiftedByTheSpanAndNameTheirTradesAnew() throws Exception {
        Stopping stopping = new Stopping(heard, 12);
        ReplayFeed feed = replay(
                "1",
                ReplayFeed.Repeat.LOOP,
                new Trade(A, 5, 6, Side.BUY, "x", "V", Set.of(), T0),
                new Quote(A, 1, 2, 3, 4, T0 + 100_000),
                new Cancel(A, "x", T0 + 200_000),
                new Status(A, Phase.OPEN, "r", T0 + 400_000),
                trade(600_000, ""));
        assertThrows(InterruptedException.class, () -> feed.run(stopping));

        long lap = 600_000 + 150_000;
        assertEquals(
                List.of(
                        new Trade(A, 5, 6, Side.BUY, "x~1", "V", Set.of(), T0 + lap),
                        new Quote(A, 1, 2, 3, 4, T0 + lap + 100_000),
                        new Cancel(A, "x~1", T0 + lap + 200_000),
                        new Status(A, Phase.OPEN, "r", T0 + lap + 400_000),
                        trade(lap + 600_000, ""),
                        new Trade(A, 5, 6, Side.BUY, "x~2", "V", Set.of(), T0 + 2 * lap),
                        new Quote(A, 1, 2, 3, 4, T0 + 2 * lap + 100_000)),
                heard.events().subList(5, 12));
        assertEquals(
                List.of(100_000L, 100_000L, 200_000L, 200_000L, 150_000L),
                clock.sleepsInMicros().subList(0, 5));
        assertEquals(List.of("here: broken"), heard.damage(), "damage is reported in the first lap only");
    }

    @Test
    void aLoopOverOneMomentPausesAndOneOverNothingEnds() throws Exception {
        ReplayFeed feed = replay("1", ReplayFeed.Repeat.LOOP, trade(0, "1"), trade(0, "2"));
        assertThrows(InterruptedException.class, () -> feed.run(new Stopping(heard, 5)));
        assertEquals(List.of(1_000_000L, 1_000_000L), clock.sleepsInMicros());

        Heard nothing = new Heard();
        replay("max", ReplayFeed.Repeat.LOOP).run(nothing);
        assertEquals(List.of(), nothing.events());
    }

    @Test
    void anInterruptedThreadStopsEvenWhereNobodyWaits() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> replay("max", ReplayFeed.Repeat.LOOP, trade(0, "1"))
                .run(heard));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void aTimeFarAwayOverflowsNothing() throws Exception {
        replay("0.000001", ReplayFeed.Repeat.ONCE, trade(-T0, "1"), trade(250_000_000_000_000_000L, "2"))
                .run(heard);
        assertEquals(2, heard.events().size());
        assertEquals(1, clock.sleepsInMicros().size());
    }

    private static Trade trade(long micros, String id) {
        return new Trade(A, 1, 1, Side.UNKNOWN, id, "", Set.of(), T0 + micros);
    }

    private ReplayFeed replay(String speed, ReplayFeed.Repeat repeat, Event... events) {
        Pace pace = Pace.of(new FeedSpec("replay", "f", Map.of("speed", speed)), "1");
        return new ReplayFeed("r", new Played(List.of(events)), pace, repeat, clock);
    }

    /** A recording that is already in memory, with one damaged place. */
    private record Played(List<Event> events) implements Recording {
        @Override
        public List<Listed> instruments() {
            return List.of();
        }

        @Override
        public void play(FeedSink sink) throws InterruptedException {
            for (Event event : events) {
                sink.event(event);
            }
            sink.damaged("here", "broken");
        }
    }

    /** Interrupts its thread after so many events. */
    private record Stopping(Heard heard, int after) implements FeedSink {
        @Override
        public void event(Event event) {
            heard.event(event);
            if (heard.events().size() == after) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void damaged(String place, String reason) {
            heard.damaged(place, reason);
        }
    }
}
