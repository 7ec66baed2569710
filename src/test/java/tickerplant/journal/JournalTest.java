package tickerplant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.market.Bar;
import tickerplant.market.BarUpdate;
import tickerplant.market.Clock;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Events;
import tickerplant.market.FixedClock;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;
import tickerplant.market.Listed;
import tickerplant.market.ListingState;
import tickerplant.market.News;
import tickerplant.market.Phase;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Turnover;
import tickerplant.market.Update;

/** What is told to a journal is there after a restart. */
class JournalTest {
    private static final List<String> NAMES = List.of("A", "B", "C");
    private static final long MINUTE = 60_000_000;

    @TempDir
    Path folder;

    /** Events of several symbols, shuffled together. */
    private static List<Event> generated(long seed, int count) {
        List<Event> events = new ArrayList<>();
        for (String name : NAMES) {
            events.addAll(Events.generated(name, seed + name.hashCode(), count));
        }
        Collections.shuffle(events, new Random(seed));
        return events;
    }

    private static void list(Desk desk) {
        NAMES.forEach(name -> desk.happens(Events.listed(name, 10_100)));
    }

    private static List<ListingState> states(Desk desk) {
        return desk.symbols().stream()
                .map(symbol -> desk.market.listing(symbol).orElseThrow().state())
                .toList();
    }

    @Test
    void afterAnEndEverythingGoesOnInTheSameEpoch() throws Exception {
        List<ListingState> before;
        List<Update> told;
        try (Desk desk = new Desk(folder, "e-1")) {
            list(desk);
            desk.happens(generated(1, 2_000));
            desk.happens(
                    new Status(Symbol.WHOLE_MARKET, Phase.OPEN, "", 5_000),
                    new Status(new Symbol("A"), Phase.HALTED, "news pending", 6_000),
                    new News(new Symbol("B"), "A headline", "https://example.org/b", "wire", 7_000));
            before = states(desk);
            told = List.copyOf(desk.trades);
        }

        try (Desk desk = new Desk(folder, "e-2")) {
            assertEquals("e-1", desk.restored.epoch());
            assertEquals(before, states(desk));
            assertEquals(
                    told,
                    desk.restored.tail().stream()
                            .map(Restored.Recalled::update)
                            .filter(update -> update.channel() == tickerplant.market.Channel.TRADES)
                            .toList());
            for (String name : NAMES) {
                List<Update> ofName = told.stream()
                        .filter(update -> update.instrument().symbol().name().equals(name))
                        .toList();
                assertEquals(new Stored<>(ofName, OptionalLong.empty()), desk.stored(name));
            }
            desk.happens(Events.trade("A", 10_000, 5, 9_000));
            assertEquals(before.get(0).trade().seq() + 1, desk.trades.get(0).seq());
        }
    }

    @Test
    void afterACrashAllThatWasSafeIsThereInANewEpoch(@TempDir Path crashed) throws Exception {
        for (int seed = 0; seed < 5; seed++) {
            Path image = crashed.resolve("image-" + seed);
            List<Update> told;
            List<ListingState> before;
            try (Desk desk = new Desk(folder.resolve("f" + seed), "e-1")) {
                list(desk);
                List<Event> events = generated(seed, 600);
                int settled = new Random(seed).nextInt(events.size());
                desk.happens(events.subList(0, settled));
                desk.settles();
                desk.happens(events.subList(settled, events.size()));
                assertEquals("", desk.safe());
                desk.copy(image);
                told = List.copyOf(desk.trades);
                before = states(desk);
            }

            try (Desk desk = new Desk(image, "e-2")) {
                assertEquals("e-2", desk.restored.epoch());
                assertEquals(List.of(), desk.restored.tail());
                for (int i = 0; i < NAMES.size(); i++) {
                    String name = NAMES.get(i);
                    assertEquals(
                            told.stream()
                                    .filter(update ->
                                            update.instrument().symbol().name().equals(name))
                                    .toList(),
                            desk.stored(name, "e-1").rows(),
                            "seed " + seed);
                    assertEquals(
                            before.get(i).ticker().ticker().day().last(),
                            states(desk).get(i).ticker().ticker().day().last(),
                            "seed " + seed);
                }
                assertEquals(OptionalLong.of(1), desk.journal.pseq("desk"));
            }
        }
    }

    @Test
    void whatIsReadIsWhatIsInTheRange() throws Exception {
        Random random = new Random(7);
        try (Desk desk = new Desk(folder, "e-1")) {
            list(desk);
            for (int i = 0; i < 3_000; i++) {
                long ts = 1_000_000L + i * 1_000L - (random.nextInt(10) == 0 ? random.nextInt(900_000) : 0);
                desk.happens(Events.trade("A", 10_000 + i, 1, ts));
                if (i % 700 == 0) {
                    desk.settles();
                }
            }
            desk.safe();
            List<Update> all = desk.told("A");
            for (int i = 0; i < 200; i++) {
                long from = random.nextInt(3) == 0 ? Long.MIN_VALUE : random.nextLong(5_000_000);
                long to = random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextLong(5_000_000);
                long after = random.nextInt(3) == 0 ? random.nextLong(3_000) : 0;
                int limit = 1 + random.nextInt(i % 2 == 0 ? 20 : 4_000);
                Query query = new Query(from, to, after, all.size(), limit);
                List<Update> expected = all.stream()
                        .filter(update -> update.seq() > after && query.contains(EventBytes.time(update)))
                        .limit(limit)
                        .toList();
                assertEquals(
                        new Stored<>(expected, OptionalLong.empty()),
                        desk.journal.trades(new Symbol("A"), "e-1", query),
                        query.toString());
            }
        }
    }

    /** Finer steps are known after a crash, too, whose log tells in both. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsStoredIsWhatItWasAlsoInOtherSteps(boolean isEnded) throws Exception {
        try (Desk desk = new Desk(folder, "e-1")) {
            list(desk);
            desk.happens(Events.trade("A", 18_932, 100, 1_000_000), Events.trade("A", 18_941, 50, 2_000_000));
        }
        Instrument finer = Events.listed("A", 0).instrument().in(4, 1);
        Listed named = new Listed(finer, "test", Decimal.ABSENT, 1);
        Path image = folder.resolve("image");
        try (Desk desk = new Desk(new SqliteJournal(folder, Clock.SYSTEM), "e-2", named)) {
            desk.happens(Events.trade("A", 1_900_001, 5, 61_000_000));
            assertEquals("", desk.safe());
            desk.copy(image);
        }

        try (Desk desk = new Desk(isEnded ? folder : image, "e-3")) {
            assertEquals(isEnded ? "e-1" : "e-3", desk.restored.epoch());
            assertEquals(
                    List.of("189.32", "189.41", "190.0001"),
                    desk.stored("A", "e-1").rows().stream()
                            .map(update -> ((TradeUpdate) update))
                            .map(update -> Decimal.value(
                                            update.trade().price(),
                                            update.instrument().priceDecimals())
                                    .toPlainString())
                            .toList());
            BarUpdate hour = desk.bars("A", Interval.HOUR).get(0);
            assertEquals(finer, hour.instrument());
            Turnover sum =
                    Turnover.NONE.plus(1_893_200, 1_000).plus(1_894_100, 500).plus(1_900_001, 5);
            assertEquals(
                    new Bar(
                            0,
                            1_893_200,
                            1_900_001,
                            1_893_200,
                            1_900_001,
                            1_505,
                            sum,
                            3,
                            hour.bar().isFinal()),
                    hour.bar());
            assertEquals(1_900_001, states(desk).get(0).ticker().ticker().day().last());
        }
    }

    @Test
    void longerBarsAreMadeOfThoseOfAMinute() throws Exception {
        Random random = new Random(3);
        List<Trade> trades = new ArrayList<>();
        try (Desk desk = new Desk(folder, "e-1")) {
            list(desk);
            for (int i = 0; i < 5_000; i++) {
                Trade trade =
                        Events.trade("A", 10_000 + random.nextInt(900), 1 + random.nextInt(50), 1 + i * MINUTE / 9);
                trades.add(trade);
                desk.happens(trade);
            }
            desk.settles();
            desk.safe();
            for (Interval interval : List.of(
                    Interval.MINUTE, Interval.FIVE_MINUTES, Interval.QUARTER_HOUR, Interval.HOUR, Interval.DAY)) {
                List<BarUpdate> bars = desk.bars("A", interval);
                assertEquals(
                        trades.stream()
                                .map(trade -> Math.floorDiv(trade.ts(), interval.micros()))
                                .distinct()
                                .count(),
                        bars.size(),
                        interval.word());
                for (BarUpdate update : bars) {
                    List<Trade> within = trades.stream()
                            .filter(trade -> Math.floorDiv(trade.ts(), interval.micros()) * interval.micros()
                                    == update.bar().start())
                            .toList();
                    Turnover turnover = Turnover.NONE;
                    for (Trade trade : within) {
                        turnover = turnover.plus(trade.price(), trade.size());
                    }
                    assertEquals(within.get(0).price(), update.bar().open());
                    assertEquals(
                            within.get(within.size() - 1).price(), update.bar().close());
                    assertEquals(turnover, update.bar().turnover());
                    assertEquals(within.size(), update.bar().trades());
                    boolean isStored = interval == Interval.MINUTE || interval == Interval.DAY;
                    assertEquals(isStored, update.seq() > 0, "only what is stored has a sequence");
                }
            }
        }
    }

    @Test
    void aSecondServerIsKeptOutOfTheFolder() throws Exception {
        try (Desk desk = new Desk(folder, "e-1")) {
            IOException refused = assertThrows(IOException.class, () -> new Desk(folder, "e-2"));
            assertTrue(refused.getMessage().endsWith("is in use by another server"), refused.getMessage());
            assertEquals("", desk.safe());
        }
    }

    @Test
    void theFileOfAnotherProgramIsLeftAlone() throws Exception {
        Path file = folder.resolve("journal.db");
        try (java.sql.Connection connection = Sqlite.writer(file);
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE cats(name TEXT)");
            connection.commit();
        }
        byte[] before = Files.readAllBytes(file);
        IOException refused = assertThrows(IOException.class, () -> new Desk(folder, "e-1"));
        assertTrue(refused.getMessage().endsWith("belongs to another program"), refused.getMessage());
        assertEquals(before.length, Files.size(file));
    }

    @Test
    void noDriverStaysBehind() throws Exception {
        try (Desk desk = new Desk(folder, "e-1")) {
            assertEquals("", desk.safe());
        }
        assertFalse(Collections.list(DriverManager.getDrivers()).stream()
                .anyMatch(driver -> driver.getClass().getName().startsWith("org.sqlite")));
    }

    @Test
    void anEpochThatIsOverKeepsItsSequences(@TempDir Path crashed) throws Exception {
        try (Desk desk = new Desk(folder, "e-1")) {
            list(desk);
            desk.happens(Events.trade("A", 10_000, 5, 1_000), Events.trade("A", 10_001, 5, 2_000));
            desk.safe();
            desk.copy(crashed);
        }
        try (Desk desk = new Desk(crashed, "e-2")) {
            desk.happens(Events.trade("A", 10_002, 5, 3_000));
            desk.safe();
            assertEquals(2, desk.stored("A", "e-1").rows().size());
            Stored<Update> now = desk.stored("A");
            assertEquals(1, now.rows().size());
            assertEquals(
                    OptionalLong.of(now.rows().get(0).seq() - 1), now.lost(), "what came before is of another epoch");
            assertNotEquals(desk.journal.epoch(), "e-1");
        }
    }

    @Test
    void whileTheMarketIsBusyTheWriterWaits() throws Exception {
        FixedClock clock = FixedClock.at(1_767_225_600_000_000L);
        AtomicReference<Thread> asking = new AtomicReference<>();
        try (SqliteJournal journal = new SqliteJournal(folder, clock)) {
            journal.open("e-1", task -> asking.set(Thread.currentThread()));
            await("a round begins", () -> {
                clock.advance(Duration.ofSeconds(1));
                return asking.get() != null;
            });
            await("the writer waits", () -> asking.get().getState() == Thread.State.TIMED_WAITING);
        }
    }
}
