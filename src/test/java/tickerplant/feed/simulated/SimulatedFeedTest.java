package tickerplant.feed.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSink;
import tickerplant.feed.FeedSpec;
import tickerplant.market.Event;
import tickerplant.market.FixedClock;
import tickerplant.market.Listed;

class SimulatedFeedTest {
    private static final long START = 1_767_225_600_000_000L;

    private final FixedClock clock = FixedClock.at(START);

    @Test
    void eachEventComesWhenItIsDueAndIsStampedWithThat() throws Exception {
        List<Long> times = new ArrayList<>();
        List<Event> events = run("simulated?symbols=10&rate=500&seed=3", 2_000, event -> times.add(clock.micros()));

        assertEquals(expected(10, 500, 3, 2_000), events);
        assertEquals(events.stream().map(Event::ts).toList(), times);
    }

    @Test
    void aFeedThatWasHeldUpCatchesUpAndLeavesNothingOut() throws Exception {
        List<Long> times = new ArrayList<>();
        List<Event> events = run("simulated?symbols=10&rate=500&seed=3", 2_000, event -> {
            if (times.size() == 700) {
                clock.advance(Duration.ofSeconds(2));
            }
            times.add(clock.micros());
        });

        assertEquals(expected(10, 500, 3, 2_000), events);
        long resumed = times.get(700);
        for (int i = 0; i < times.size(); i++) {
            long due = events.get(i).ts();
            assertEquals(i < 700 ? due : Math.max(due, resumed), times.get(i), "event " + i);
        }
    }

    @Test
    void aFeedThatNeverSleepsCanBeStopped() {
        FixedClock late = FixedClock.waiting(START);
        List<Event> events = new ArrayList<>();
        try {
            assertThrows(
                    InterruptedException.class, () -> feed("simulated", late).run(sink(event -> {
                        late.advance(Duration.ofSeconds(1));
                        events.add(event);
                        if (events.size() == 50) {
                            Thread.currentThread().interrupt();
                        }
                        assertTrue(events.size() <= 50);
                    })));
        } finally {
            assertFalse(Thread.interrupted(), "the interrupt was taken");
        }
    }

    @Test
    void aFeedThatGoesOnTellsWhatComesNextAtOnce() {
        List<Event> all = expected(10, 500, 3, 702);
        List<Event> told = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        Feed feed = feed("simulated?symbols=10&rate=500&seed=3", clock);
        feed.goOn(700);
        assertThrows(
                Enough.class,
                () -> feed.run(new FeedSink() {
                    @Override
                    public void event(Event event) {
                        told.add(event);
                    }

                    @Override
                    public void event(Event event, long position) {
                        positions.add(position);
                        event(event);
                        if (told.size() == 2) {
                            throw new Enough();
                        }
                    }

                    @Override
                    public void damaged(String place, String reason) {
                        throw new AssertionError(place + ": " + reason);
                    }
                }));

        assertEquals(List.of(701L, 702L), positions);
        assertEquals(
                all.subList(700, 702).stream().map(Event::symbol).toList(),
                told.stream().map(Event::symbol).toList());
        long passed = all.get(699).ts() - START;
        assertEquals(
                all.subList(700, 702).stream().map(event -> event.ts() - passed).toList(),
                told.stream().map(Event::ts).toList());
    }

    @Test
    void itListsWhatItTells() throws Exception {
        Feed feed = feed("simulated?symbols=700", clock);
        List<Listed> instruments = feed.instruments();

        assertEquals(700, instruments.size());
        assertEquals("AAPL", instruments.get(0).symbol().name());
        assertEquals("simulated", instruments.get(0).feed());
        assertEquals("simulated", feed.name());
        assertEquals(START, instruments.get(0).ts());
        assertEquals(Feed.Mode.LIVE, feed.mode());
    }

    @Test
    void whatIsLeftOutIsAHundredSymbolsAThousandTimesASecondFromSeedOne() throws Exception {
        assertEquals(expected(100, 1_000, 1, 500), run("simulated", 500, event -> {}));
        assertEquals(100, feed("simulated", clock).instruments().size());
    }

    @Test
    void evenMeansThatEachShareHasItsTurn() throws Exception {
        List<Event> events = run("simulated?symbols=7&rate=100&even=true", 700, event -> {});
        List<String> names = feed("simulated?symbols=7", clock).instruments().stream()
                .map(listed -> listed.symbol().name())
                .toList();
        for (int i = 0; i < events.size(); i++) {
            assertEquals(names.get(i % 7), events.get(i).symbol().name(), "event " + i);
            assertEquals(i / 100, (events.get(i).ts() - START) / 1_000_000, "event " + i);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "simulated?symbols=0 | symbols=0 of 'simulated', expected a whole number between 1 and 100000",
                "simulated?symbols=100001"
                        + " | symbols=100001 of 'simulated', expected a whole number between 1 and 100000",
                "simulated?rate=fast | rate=fast of 'simulated', expected a whole number between 1 and 10000000",
                "simulated?rate=10000001"
                        + " | rate=10000001 of 'simulated', expected a whole number between 1 and 10000000",
                "simulated?seed=1.5 | seed=1.5 of 'simulated', expected a whole number between"
                        + " -9223372036854775808 and 9223372036854775807",
                "simulated:file | 'file' in 'simulated:file', expected nothing after 'simulated'"
            })
    void aBadOptionIsRefusedWithWhatWasExpected(String spec, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> feed(spec, clock))
                        .getMessage());
    }

    @Test
    void anUnknownOptionIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> feed("simulated?speed=2", clock))
                .getMessage();
        assertTrue(message.startsWith("'speed' is no option of 'simulated', expected "), message);
    }

    private interface Hearing {
        void hear(Event event);
    }

    private static final class Enough extends RuntimeException {}

    private List<Event> run(String spec, int count, Hearing hearing) throws Exception {
        List<Event> events = new ArrayList<>();
        assertThrows(Enough.class, () -> feed(spec, clock).run(sink(event -> {
            if (events.size() == count) {
                throw new Enough();
            }
            hearing.hear(event);
            events.add(event);
        })));
        return events;
    }

    private static Feed feed(String spec, FixedClock clock) {
        return SimulatedFeed.of(FeedSpec.parse(spec), clock);
    }

    private static List<Event> expected(int symbols, long rate, long seed, int count) {
        MarketSimulation market = new MarketSimulation(symbols, rate, seed, false);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(market.event(START + market.advance() / 1_000));
        }
        return events;
    }

    private static FeedSink sink(Hearing hearing) {
        return new FeedSink() {
            @Override
            public void event(Event event) {
                hearing.hear(event);
            }

            @Override
            public void damaged(String place, String reason) {
                throw new AssertionError(place + ": " + reason);
            }
        };
    }
}
