package tickerplant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.market.BarUpdate;
import tickerplant.market.Clock;
import tickerplant.market.Events;
import tickerplant.market.Interval;
import tickerplant.market.News;
import tickerplant.market.Symbol;
import tickerplant.market.Update;

/** What has become too old, or too much, goes; nothing else does, and whoever asks for it hears that it is gone. */
class RetentionTest {
    private static final long MINUTE = 60_000_000;
    private static final long HOUR = 60 * MINUTE;
    private static final int TRADES = 6_000;

    @TempDir
    Path folder;

    /** Three days of trades up to now. */
    private static void fill(Desk desk, long now) throws Exception {
        desk.happens(Events.listed("A", 100), Events.listed("B", 100));
        desk.happens(new News(new Symbol("A"), "Old", "", "", now - 71 * HOUR));
        for (int i = 0; i < TRADES; i++) {
            desk.happens(Events.trade(i % 2 == 0 ? "A" : "B", 100 + i, 1, now - 72 * HOUR + i * (72 * HOUR / TRADES)));
            if (i % 1_000 == 999) {
                desk.settles();
            }
        }
        desk.settles();
    }

    private Desk desk(Retention retention) throws Exception {
        return new Desk(new SqliteJournal(folder, Clock.SYSTEM, 262_144, retention, 1_000_000), "e-1");
    }

    /** Waits until as much was removed as will be; the service goes on trading meanwhile. */
    private static Holding settled(Desk desk, Kind kind, long most) throws Exception {
        long deadline = Clock.SYSTEM.nanos() + 60_000_000_000L;
        Holding holding;
        do {
            assertTrue(Clock.SYSTEM.nanos() < deadline, "waited for a minute");
            desk.happens(Events.trade("B", 500, 1, Clock.SYSTEM.micros()));
            assertEquals("", desk.safe());
            holding = desk.journal.holdings().get(kind.number());
        } while (holding.things() > most);
        return holding;
    }

    @Test
    void whatIsOlderThanItMayBeGoesAndIsSaidToBeGone() throws Exception {
        long now = Clock.SYSTEM.micros();
        List<Update> told;
        List<BarUpdate> minutes;
        try (Desk desk = desk(Retention.ALL)) {
            fill(desk, now);
            told = desk.told("A");
            minutes = desk.bars("A", Interval.MINUTE);
            assertEquals(TRADES, desk.journal.holdings().get(0).things());
            assertEquals(1, desk.journal.holdings().get(2).things());
        }
        Retention day = Retention.of(List.of("trades:24h", "bars-1m:1d")).orElseThrow();
        try (Desk desk = desk(day)) {
            assertTrue(settled(desk, Kind.TRADES, 2_600).removed() > 3_400);
            settled(desk, Kind.MINUTE_BARS, 2_100);
            desk.settles();
            assertEquals(1, desk.journal.holdings().get(2).things(), "of news nothing was said");

            Stored<Update> left = desk.stored("A");
            List<Update> kept = told.stream()
                    .filter(update -> update.seq() > left.lost().orElseThrow())
                    .toList();
            assertEquals(kept, left.rows());
            assertTrue(
                    kept.stream().anyMatch(update -> EventBytes.time(update) < now - 23 * HOUR),
                    "what is younger is there");
            assertTrue(EventBytes.time(kept.get(0)) > now - 24 * HOUR - 1_000 * (72 * HOUR / TRADES));
            Query later = new Query(now - 20 * HOUR, Long.MAX_VALUE, 0, told.size(), 10_000);
            assertEquals(
                    OptionalLong.empty(),
                    desk.journal
                            .trades(new Symbol("A"), desk.journal.epoch(), later)
                            .lost(),
                    "of what was asked for nothing is gone");

            Query all = new Query(Long.MIN_VALUE, Long.MAX_VALUE, 0, Long.MAX_VALUE, 100_000);
            Stored<BarUpdate> bars = desk.journal.bars(new Symbol("A"), Interval.MINUTE, all);
            long gone = bars.lost().orElseThrow();
            assertTrue(gone < now - 24 * HOUR && gone > now - 25 * HOUR);
            assertEquals(figures(minutes, gone), figures(bars.rows(), gone));
            assertEquals(
                    OptionalLong.of(gone),
                    desk.journal.bars(new Symbol("A"), Interval.HOUR, all).lost());
            assertTrue(
                    desk.bars("A", Interval.HOUR).get(0).bar().start() > gone, "an hour without its beginning is none");
            assertEquals(4, desk.bars("A", Interval.DAY).size(), "of days nothing was said");
        }
        try (Desk desk = desk(Retention.ALL)) {
            assertEquals("e-1", desk.restored.epoch(), "nothing of it is damage");
            assertTrue(desk.stored("A").lost().isPresent());
        }
    }

    private static List<Object> figures(List<BarUpdate> bars, long after) {
        return bars.stream()
                .filter(update -> update.bar().start() > after && update.bar().isFinal())
                .map(update -> (Object) update.bar().trades())
                .toList();
    }

    @Test
    void whatIsMoreThanItMayBeGoesFromItsOldestEnd() throws Exception {
        long now = Clock.SYSTEM.micros();
        Retention small = new Retention(Map.of(), Map.of(Kind.TRADES, 40_000L, Kind.MINUTE_BARS, 110_000L));
        try (Desk desk = desk(small)) {
            fill(desk, now);
            settled(desk, Kind.TRADES, 3_000);
            settled(desk, Kind.MINUTE_BARS, 1_100);
            desk.settles();
            assertTrue(desk.journal.holdings().get(0).bytes() < 80_000);
            Stored<Update> left = desk.stored("A");
            long lost = left.lost().orElseThrow();
            assertEquals(
                    desk.told("A").stream()
                            .filter(update -> update.seq() > lost)
                            .toList(),
                    left.rows());
            assertTrue(!left.rows().isEmpty());
        }
        try (Connection connection = Sqlite.reader(folder.resolve("journal.db"))) {
            assertEquals(
                    Sqlite.number(connection, "SELECT sum(last-first+1) FROM block WHERE late<2 AND channel=0"),
                    Sqlite.number(connection, "SELECT things FROM total WHERE kind=0"));
            assertEquals(
                    Sqlite.number(connection, "SELECT count(*) FROM bar WHERE day=0"),
                    Sqlite.number(connection, "SELECT things FROM total WHERE kind=3"));
        }
    }

    @Test
    void anEpochOfWhichAllIsGoneSaysSo() throws Exception {
        try (Desk desk = desk(Retention.ALL)) {
            fill(desk, Clock.SYSTEM.micros() - 100 * HOUR);
        }
        try (Desk desk = desk(Retention.of(List.of("trades:1h")).orElseThrow())) {
            settled(desk, Kind.TRADES, 100);
            Stored<Update> nothing = desk.stored("A");
            assertEquals(List.of(), nothing.rows());
            assertEquals(OptionalLong.of(TRADES / 2), nothing.lost());
            desk.happens(Events.trade("A", 100, 1, Clock.SYSTEM.micros()));
            assertEquals("", desk.safe());
            assertEquals(1, desk.stored("A").rows().size());
        }
    }

    @Test
    void limitsAreReadAsTheyAreMeant() {
        assertEquals(
                new Retention(
                        Map.of(Kind.TRADES, Duration.ofDays(30), Kind.DAY_BARS, Duration.ofHours(5)),
                        Map.of(Kind.TRADES, 3L << 30, Kind.NEWS, 20L << 20)),
                Retention.of(List.of("trades:30d", "bars-1d:5h", "trades:2GiB", "trades:3GiB", "news:20MiB"))
                        .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "trades", "trades:", "trades:0d", "quotes:3d", "trades:3", "trades:3w", "trades:3 d"})
    void whatIsNoLimitIsRefused(String rule) {
        assertEquals(Optional.empty(), Retention.of(List.of(rule)));
    }
}
