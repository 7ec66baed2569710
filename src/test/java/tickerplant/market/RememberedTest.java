package tickerplant.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.oddLot;
import static tickerplant.market.Events.quote;
import static tickerplant.market.Events.trade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A market that goes on from what another one remembers tells what that one tells, number by number. */
class RememberedTest {
    private static final long START = 1_772_922_000_000_000L;
    private static final long SECOND = 1_000_000;
    private static final List<String> SYMBOLS = List.of("AA", "BB", "CC");

    @Test
    void aMarketThatGoesOnFromAnotherGivesTheSameNumbersAndContents() {
        int told = 0;
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            List<LogEntry> entries = generated(random, 1_500);
            int cut = 3 + random.nextInt(entries.size() - 3);
            RecordingListener first = hearing();
            Market whole = Market.shared(first, 10_000);
            entries.subList(0, cut).forEach(whole::apply);

            RecordingListener second = hearing();
            Market joined = Market.shared(second, 10_000);
            SYMBOLS.forEach(name ->
                    joined.recall(whole.listing(new Symbol(name)).orElseThrow().remembered(), 0));
            first.updates.clear();
            first.refused.clear();
            entries.subList(cut, entries.size()).forEach(entry -> {
                whole.apply(entry);
                joined.apply(entry);
            });

            // there is no order across keys
            assertEquals(byKey(first.updates), byKey(second.updates), "seed " + seed + " cut at " + cut);
            assertEquals(first.refused, second.refused, "seed " + seed + " cut at " + cut);
            for (String name : SYMBOLS) {
                assertEquals(
                        whole.listing(new Symbol(name)).orElseThrow().remembered(),
                        joined.listing(new Symbol(name)).orElseThrow().remembered(),
                        "seed " + seed + " cut at " + cut);
            }
            told += second.updates.size();
        }
        assertTrue(told > 10_000, "only " + told + " updates were compared");
    }

    @Test
    void inWhichOrderSymbolsAreHeardChangesNothing() {
        Random random = new Random(7);
        List<LogEntry> entries = generated(random, 3_000);
        Market mixed = Market.shared(hearing(), 10_000);
        entries.forEach(mixed::apply);
        Market oneByOne = Market.shared(hearing(), 10_000);
        for (String name : List.of("CC", "AA", "BB")) {
            int lane = SYMBOLS.indexOf(name);
            entries.stream()
                    .filter(entry -> !(entry instanceof Event event)
                            || event.symbol().name().equals(name))
                    .forEach(entry -> oneByOne.apply(entry, lane));
        }

        for (String name : SYMBOLS) {
            assertEquals(
                    mixed.listing(new Symbol(name)).orElseThrow().remembered(),
                    oneByOne.listing(new Symbol(name)).orElseThrow().remembered());
        }
    }

    private static Map<String, List<Update>> byKey(List<Update> updates) {
        return updates.stream()
                .collect(Collectors.groupingBy(
                        update -> update.channel() + " " + update.instrument().symbol()));
    }

    private static RecordingListener hearing() {
        RecordingListener listener = new RecordingListener();
        listener.hearsBars = true;
        return listener;
    }

    /** Trades in and out of order, some taken back, quotes, phases, losses, days that roll, and time that passes. */
    private static List<LogEntry> generated(Random random, int count) {
        List<LogEntry> entries = new ArrayList<>();
        SYMBOLS.forEach(name -> entries.add(listed(name, 9_900)));
        List<Trade> trades = new ArrayList<>();
        long now = START;
        for (int i = 0; i < count; i++) {
            now += random.nextInt(300_000);
            String name = SYMBOLS.get(Math.min(2, random.nextInt(5)));
            long ts = now - (random.nextInt(8) == 0 ? random.nextLong(20 * SECOND) : 0);
            long price = 10_000 + random.nextLong(500);
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3, 4, 5, 6 -> {
                    Trade trade = random.nextInt(6) == 0
                            ? oddLot(name, price, 1 + random.nextLong(99), ts)
                            : trade(name, price, 100, ts);
                    trades.add(trade);
                    entries.add(trade);
                }
                case 7, 8 -> {
                    if (!trades.isEmpty()) {
                        Trade trade = trades.get(Math.max(0, trades.size() - 1 - random.nextInt(300)));
                        entries.add(new Cancel(trade.symbol(), trade.id(), now));
                    }
                }
                case 9 -> entries.add(new Status(new Symbol(name), Phase.HALTED, "why", now));
                case 10 -> entries.add(new Loss(new Symbol(name), now));
                case 11 -> {
                    if (random.nextInt(30) == 0) {
                        entries.add(new DayRoll(new Symbol(name), now));
                    }
                }
                case 12, 13 -> entries.add(new TimePassed("test", now - now % SECOND - SECOND));
                default -> entries.add(quote(name, price - 1, price, now));
            }
        }
        return entries;
    }
}
