package tickerplant.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Decimal.ABSENT;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Bars of generated events, held against a plain fold of all trades that were ever made, written without regard to cost. */
class BarsFoldTest {
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("UTC"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Asia/Kolkata"),
            ZoneId.of("Australia/Lord_Howe"));

    /** A few hours before the clocks are changed in New York. */
    private static final long START = 1_772_922_000_000_000L;

    private static final long SECOND = 1_000_000;
    private static final Symbol SYMBOL = new Symbol("GEN");

    /** A run of events, the zone they live in, and the bounds of the market that they are played to. */
    private record Run(ZoneId zone, List<LogEntry> entries, int tape, int bars) {}

    @Test
    void everyBarIsTheFoldOfTheTradesThatFellIntoItAndStand() {
        for (long seed = 1; seed <= 40; seed++) {
            Run run = run(seed);
            RecordingListener heard = new RecordingListener();
            heard.hearsBars = true;
            Market market = new Market(heard, run.tape, run.bars);
            Map<String, Trade> standing = new LinkedHashMap<>();
            Map<Interval, Map<Long, BarUpdate>> told = new HashMap<>();
            int next = 0;
            Random random = new Random(seed);
            for (LogEntry entry : run.entries) {
                int refused = heard.refused.size();
                market.apply(entry);
                if (heard.refused.size() == refused && entry instanceof Trade trade) {
                    standing.put(trade.id(), trade);
                } else if (heard.refused.size() == refused && entry instanceof Cancel cancel) {
                    standing.remove(cancel.tradeId());
                }
                for (; next < heard.updates.size(); next++) {
                    if (heard.updates.get(next) instanceof BarUpdate update) {
                        told.computeIfAbsent(update.channel().interval().orElseThrow(), interval -> new HashMap<>())
                                .put(update.bar().start(), update);
                    }
                }
                Listing listing = market.listing(SYMBOL).orElseThrow();
                if (!(entry instanceof Cancel) && random.nextInt(16) > 0) {
                    continue; // a check costs more than all that is checked
                }
                for (Interval interval : Interval.values()) {
                    check(listing, interval, run.zone, standing, told, "seed " + seed + " at " + entry);
                }
            }
            assertTrue(standing.size() > 50, "seed " + seed + " played next to nothing");
        }
    }

    /** Compares what was told of a market's bars with another market, of which nobody hears; answers how much was forgotten. */
    private interface Look {
        int forgotten(List<BarUpdate> told, Listing silent, Interval interval, Random random, String where);
    }

    private static void playAll(Look look) {
        int forgotten = 0;
        for (long seed = 1; seed <= 40; seed++) {
            Run run = run(seed);
            RecordingListener heard = new RecordingListener();
            heard.hearsBars = true;
            Market telling = new Market(heard, run.tape, run.bars);
            Market silent = new Market(new RecordingListener(), run.tape, run.bars);
            Random random = new Random(seed);
            int played = 0;
            for (LogEntry entry : run.entries) {
                telling.apply(entry);
                silent.apply(entry);
                if (++played < run.entries.size() && random.nextInt(64) > 0) {
                    continue;
                }
                for (Interval interval : Interval.values()) {
                    forgotten += look.forgotten(
                            heard.bars(interval),
                            silent.listing(SYMBOL).orElseThrow(),
                            interval,
                            random,
                            "seed " + seed + " " + interval + " at " + entry);
                }
            }
        }
        assertTrue(forgotten > 0, "nothing was ever forgotten");
    }

    @Test
    void whatIsTellableAgainIsWhatWasToldWithUpdatesOfAnOpenBarAsOne() {
        playAll((told, silent, interval, random, where) -> {
            long seq = told.isEmpty() ? 0 : told.get(told.size() - 1).seq();
            int forgotten = 0;
            for (long known = 0; known <= seq; known += 1 + random.nextInt(8)) {
                BarsSince since = silent.barsSince(interval, known);
                assertTrue(since.after() >= known && since.after() <= seq, where + ", " + known);
                assertEquals(merged(told, since.after()), since.updates(), where + ", " + known);
                forgotten += since.after() > known ? 1 : 0;
            }
            return forgotten;
        });
    }

    /** What is kept is the last word on each bar; what is forgotten lies before where the kept says that it is whole. */
    @Test
    void theBarsThatAreKeptAreTheLastThatWasToldOfEachAndWholeAfterWhereTheySaySo() {
        playAll((told, silent, interval, random, where) -> {
            NavigableMap<Long, BarUpdate> last = new TreeMap<>();
            told.forEach(update -> last.put(update.bar().start(), update));
            KeptBars kept = silent.keptBars(interval);
            Collection<BarUpdate> all = kept.between(Long.MIN_VALUE, Long.MAX_VALUE, 0);
            assertTrue(last.values().containsAll(all), where);
            long whole = kept.wholeAfterStart();
            assertEquals(
                    List.copyOf(last.tailMap(whole, false).values()),
                    List.copyOf(kept.between(whole + 1, Long.MAX_VALUE, 0)),
                    where);
            long known = kept.wholeAfterSeq();
            List<BarUpdate> later = new ArrayList<>(last.values());
            later.removeIf(update -> update.seq() <= known);
            assertEquals(later, List.copyOf(kept.between(Long.MIN_VALUE, Long.MAX_VALUE, known)), where);
            return all.size() < last.size() ? 1 : 0;
        });
    }

    @Test
    void nothingIsForgottenWhileThereIsRoom() {
        Run run = run(7);
        Market market = new Market(new RecordingListener(), run.tape, 1_000_000);
        run.entries.forEach(market::apply);
        for (Interval interval : Interval.values()) {
            assertEquals(
                    0,
                    market.listing(SYMBOL).orElseThrow().barsSince(interval, 0).after());
        }
    }

    private static List<BarUpdate> merged(List<BarUpdate> told, long after) {
        List<BarUpdate> merged = new ArrayList<>();
        for (BarUpdate update : told) {
            int last = merged.size() - 1;
            if (update.seq() <= after) {
                continue;
            }
            if (last >= 0 && merged.get(last).mayMerge(update)) {
                merged.set(last, merged.get(last).merge(update));
            } else {
                merged.add(update);
            }
        }
        return merged;
    }

    private static void check(
            Listing listing,
            Interval interval,
            ZoneId zone,
            Map<String, Trade> standing,
            Map<Interval, Map<Long, BarUpdate>> told,
            String where) {
        List<BarUpdate> recent = listing.recentBars(interval);
        Map<Long, List<Trade>> byStart =
                standing.values().stream().collect(Collectors.groupingBy(trade -> start(trade.ts(), interval, zone)));
        for (BarUpdate update : recent) {
            long start = update.bar().start();
            List<Trade> fallen = byStart.getOrDefault(start, List.of());
            assertEquals(fold(start, fallen, update.bar().isFinal()), update.bar(), where);
            checkAverage(update.bar(), fallen, where);
            assertEquals(told.get(interval).get(start), update, where + ": changed untold");
        }
        for (int i = 0; i < recent.size() - 1; i++) {
            assertTrue(recent.get(i).bar().isFinal(), where);
        }
        if (!recent.isEmpty()) {
            BarUpdate shown = (BarUpdate) listing.standingBar(interval);
            assertEquals(recent.get(recent.size() - 1).bar(), shown.bar(), where);
        }
    }

    private static Bar fold(long start, List<Trade> trades, boolean isFinal) {
        List<Trade> priced = trades.stream()
                .filter(Trade::movesLast)
                .sorted(Comparator.comparing(Trade::ts))
                .toList();
        boolean any = !priced.isEmpty();
        BigInteger turnover = turnover(trades);
        return new Bar(
                start,
                any ? priced.get(0).price() : ABSENT,
                priced.stream().mapToLong(Trade::price).max().orElse(ABSENT),
                priced.stream().mapToLong(Trade::price).min().orElse(ABSENT),
                any ? priced.get(priced.size() - 1).price() : ABSENT,
                trades.stream().mapToLong(Trade::size).sum(),
                new Turnover(turnover.shiftRight(64).longValue(), turnover.longValue()),
                trades.size(),
                isFinal);
    }

    private static BigInteger turnover(List<Trade> trades) {
        return trades.stream()
                .map(trade -> BigInteger.valueOf(trade.price()).multiply(BigInteger.valueOf(trade.size())))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static void checkAverage(Bar bar, List<Trade> trades, String where) {
        if (bar.volume() > 0) {
            BigDecimal average = new BigDecimal(turnover(trades), 2)
                    .divide(BigDecimal.valueOf(bar.volume()), 6, RoundingMode.HALF_UP);
            assertEquals(average, bar.turnover().average(bar.volume(), 2), where);
        }
    }

    private static long start(long ts, Interval interval, ZoneId zone) {
        ZonedDateTime time = Instant.EPOCH.plus(ts, ChronoUnit.MICROS).atZone(ZoneId.of("UTC"));
        ZonedDateTime start =
                switch (interval) {
                    case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
                    case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
                    case FIVE_MINUTES -> time.truncatedTo(ChronoUnit.HOURS).plusMinutes(time.getMinute() / 5 * 5L);
                    case QUARTER_HOUR -> time.truncatedTo(ChronoUnit.HOURS).plusMinutes(time.getMinute() / 15 * 15L);
                    case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
                    case DAY -> day(ts, zone);
                };
        return ChronoUnit.MICROS.between(Instant.EPOCH, start.toInstant());
    }

    private static ZonedDateTime day(long ts, ZoneId zone) {
        return Instant.EPOCH
                .plus(ts, ChronoUnit.MICROS)
                .atZone(zone)
                .toLocalDate()
                .atStartOfDay(zone);
    }

    /** Each run of seq has no hole, and it is the same whoever hears it, if anybody. */
    @Test
    void theNumbersFollowFromTheLogAloneWhetherAnybodyHearsOrNot() {
        for (long seed = 1; seed <= 40; seed++) {
            Run run = run(seed);
            RecordingListener all = new RecordingListener();
            all.hearsBars = true;
            RecordingListener some = new RecordingListener();
            Market first = new Market(all, run.tape, run.bars);
            Market second = new Market(some, run.tape, run.bars);
            Random random = new Random(seed);
            for (LogEntry entry : run.entries) {
                some.hearsBars = random.nextInt(3) == 0;
                first.apply(entry);
                second.apply(entry);
            }
            for (Interval interval : Interval.values()) {
                List<BarUpdate> whole = all.bars(interval);
                for (int i = 0; i < whole.size(); i++) {
                    assertEquals(i + 1, whole.get(i).seq(), "seed " + seed + " " + interval);
                }
                for (BarUpdate update : some.bars(interval)) {
                    assertEquals(whole.get((int) update.seq() - 1), update, "seed " + seed + " " + interval);
                }
                assertEquals(
                        first.listing(SYMBOL).orElseThrow().standingBar(interval),
                        second.listing(SYMBOL).orElseThrow().standingBar(interval));
            }
        }
    }

    private static Run run(long seed) {
        Random random = new Random(seed);
        ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
        Instrument instrument = new Instrument(SYMBOL, "", "", "", 2, 0, zone);
        List<LogEntry> entries = new ArrayList<>();
        entries.add(new Listed(instrument, "test", ABSENT, 1));
        List<String> ids = new ArrayList<>();
        boolean huge = random.nextInt(4) == 0;
        long now = START;
        ZonedDateTime today = day(now, zone);
        for (int i = 0; i < 400; i++) {
            now += pause(random);
            if (!day(now, zone).equals(today) && random.nextInt(4) > 0) {
                today = day(now, zone);
                entries.add(new DayRoll(SYMBOL, now));
            }
            int kind = random.nextInt(20);
            if (kind < 2 && !ids.isEmpty()) {
                int back = Math.min(ids.size(), 1 + random.nextInt(30));
                entries.add(new Cancel(SYMBOL, ids.get(ids.size() - back), now));
            } else if (kind < 5) {
                entries.add(new TimePassed("test", now - random.nextLong(3) * SECOND));
            } else {
                long late = random.nextInt(5) == 0 ? pause(random) : 0;
                Set<Condition> conditions = random.nextInt(4) == 0 ? Set.of(Condition.ODD_LOT) : Set.of();
                long price = huge ? 1 + random.nextLong(Decimal.LIMIT / 2) : 10_000 + random.nextLong(500);
                long size = huge ? 1 + random.nextLong(Decimal.LIMIT / 10_000) : 1 + random.nextLong(900);
                ids.add("t" + i);
                entries.add(new Trade(SYMBOL, price, size, Side.UNKNOWN, "t" + i, "", conditions, now - late));
            }
        }
        return new Run(zone, entries, random.nextBoolean() ? 16 : 1_000, random.nextBoolean() ? 0 : 1_000);
    }

    private static long pause(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> random.nextLong(3_600 * SECOND);
            case 1, 2 -> random.nextLong(300 * SECOND);
            case 3, 4, 5 -> random.nextLong(20 * SECOND);
            case 6 -> 0;
            default -> random.nextLong(SECOND);
        };
    }
}
