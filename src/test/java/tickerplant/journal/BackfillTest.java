package tickerplant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.market.Bar;
import tickerplant.market.BarUpdate;
import tickerplant.market.Event;
import tickerplant.market.Events;
import tickerplant.market.Interval;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Turnover;
import tickerplant.market.Update;

/** What was recorded elsewhere has its place in the journal, once. */
class BackfillTest {
    private static final long MINUTE = 60_000_000;
    private static final long NOON = 720 * MINUTE;

    @TempDir
    Path folder;

    /** Imports events; answers whether there was anything to be done. */
    private boolean imports(String name, List<? extends Event> events) throws Exception {
        try (Backfill backfill = Backfill.in(folder)) {
            Optional<Import> begun = backfill.begin("import-" + name, name + ".csv");
            if (begun.isEmpty()) {
                return false;
            }
            begun.get().publish(Events.listed("A", 0));
            begun.get().publish(Events.listed("B", 0));
            for (Event event : events) {
                begun.get().publish(event);
            }
            begun.get().finish();
            return true;
        }
    }

    private static List<Trade> trades(String symbol, long from, int count) {
        List<Trade> trades = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            trades.add(Events.trade(symbol, 10_000 + i % 97, 1 + i % 5, from + i * MINUTE / 7));
        }
        return trades;
    }

    private List<Bar> bars(String symbol, Interval interval) throws Exception {
        try (Desk desk = new Desk(folder, "e-9")) {
            return desk.bars(symbol, interval).stream().map(BarUpdate::bar).toList();
        }
    }

    private static List<Trade> stored(Desk desk, String symbol, String epoch) throws IOException {
        Stored<Update> stored = desk.stored(symbol, epoch);
        assertEquals(OptionalLong.empty(), stored.lost());
        return stored.rows().stream()
                .map(update -> ((TradeUpdate) update).trade())
                .toList();
    }

    @Test
    void whatIsImportedTwiceIsThereOnce() throws Exception {
        List<Trade> trades = trades("A", 1, 3_000);
        assertTrue(imports("one", trades));
        List<Bar> minutes = bars("A", Interval.MINUTE);
        List<Bar> days = bars("A", Interval.DAY);
        assertEquals(
                3_000, minutes.stream().mapToLong(Bar::trades).sum(), "each trade is in a bar, also in the last one");
        assertEquals(3_000, days.stream().mapToLong(Bar::trades).sum());

        assertEquals(false, imports("one", trades));
        assertTrue(imports("the same under another name", trades));
        assertEquals(minutes, bars("A", Interval.MINUTE));
        assertEquals(days, bars("A", Interval.DAY));
        try (Desk desk = new Desk(folder, "e-9")) {
            assertEquals(trades, stored(desk, "A", "import-one"));
            assertEquals(
                    List.of("import-the same under another name", "import-one"),
                    desk.journal.epochs(new Symbol("A"), 0));
            assertEquals(List.of(), desk.journal.epochs(new Symbol("B"), 0), "nothing is known of it");
        }
    }

    @Test
    void whatBrokeOffAnywhereGoesOnAsIfItHadNot() throws Exception {
        List<Event> events = new ArrayList<>();
        List<Event> generated = Events.generated("A", 5, 4_000);
        List<Event> others = Events.generated("B", 6, 4_000);
        for (int i = 0; i < generated.size(); i++) {
            events.add(generated.get(i));
            events.add(others.get(i));
        }
        Random random = new Random(20_261_121);
        for (int i = 0; i < 8; i++) {
            goesOn(events, random.nextInt(events.size()));
        }
        goesOn(events, events.size());

        try (Desk interrupted = new Desk(folder, "e-1");
                Desk whole = wholeImport(events)) {
            for (String name : List.of("A", "B")) {
                Stored<Update> expected = whole.stored(name, "import-all");
                assertTrue(expected.rows().size() > 1_000);
                assertEquals(expected, interrupted.stored(name, "import-all"));
                for (Interval interval : List.of(Interval.MINUTE, Interval.HOUR, Interval.DAY)) {
                    assertEquals(whole.bars(name, interval), interrupted.bars(name, interval));
                }
            }
        }
    }

    /** Imports up to an event, or to the end. */
    private void goesOn(List<Event> events, int most) throws Exception {
        try (Backfill backfill = Backfill.in(folder)) {
            Import begun = backfill.begin("import-all", "all.csv", 500).orElseThrow();
            begun.publish(Events.listed("A", 0));
            begun.publish(Events.listed("B", 0));
            for (Event event : events.subList(0, most)) {
                begun.publish(event);
            }
            if (most == events.size()) {
                begun.finish();
            }
        }
    }

    private Desk wholeImport(List<Event> events) throws Exception {
        Path before = folder;
        folder = folder.resolve("whole");
        imports("all", events);
        Path whole = folder;
        folder = before;
        return new Desk(whole, "e-1");
    }

    @Test
    void aDayOfWhichSeveralFilesHaveAPartIsAllOfThem() throws Exception {
        imports("morning", trades("A", 1, 700));
        imports("afternoon", trades("A", NOON, 700));
        List<Bar> days = bars("A", Interval.DAY);
        assertEquals(1, days.size());
        Turnover sum = Turnover.NONE;
        for (Trade trade : trades("A", 1, 700)) {
            sum = sum.plus(trade.price(), trade.size()).plus(trade.price(), trade.size());
        }
        Trade last = trades("A", 1, 700).get(699);
        long volume = 2 * trades("A", 1, 700).stream().mapToLong(Trade::size).sum();
        assertEquals(new Bar(0, 10_000, 10_096, 10_000, last.price(), volume, sum, 1_400, true), days.get(0));
    }

    @Test
    void whatLivePricesBuildIsTheirs() throws Exception {
        try (Desk desk = new Desk(folder, "e-1")) {
            desk.happens(Events.listed("A", 0));
            trades("A", NOON, 70).forEach(desk::happens);
        }
        imports("earlier", trades("A", 1, 700));
        List<Trade> live = trades("A", NOON + 10 * MINUTE, 7);
        try (Desk desk = new Desk(folder, "e-2")) {
            assertEquals("e-1", desk.restored.epoch(), "an import ends no epoch");
            live.forEach(desk::happens);
            assertEquals(70 + 7, desk.told("A").get(6).seq());
            assertEquals("", desk.safe());
            desk.settles();
            assertEquals(
                    700 + 70 + 7,
                    desk.bars("A", Interval.MINUTE).stream()
                            .mapToLong(update -> update.bar().trades())
                            .sum());
        }
    }

    @Test
    void whileAServiceUsesTheFolderNobodyImports() throws Exception {
        try (Desk desk = new Desk(folder, "e-1")) {
            IOException refused = assertThrows(IOException.class, () -> Backfill.in(folder));
            assertEquals("the folder " + folder + " is in use by another server", refused.getMessage());
            assertEquals("e-1", desk.restored.epoch());
        }
    }
}
