package tickerplant.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.quote;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tickerplant.market.Cancel;
import tickerplant.market.Condition;
import tickerplant.market.DayRoll;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.LogEntry;
import tickerplant.market.Loss;
import tickerplant.market.Market;
import tickerplant.market.News;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Receipt;
import tickerplant.market.RecordingListener;
import tickerplant.market.Remembered;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.TimePassed;
import tickerplant.market.Trade;

/** What every log must do, whatever it is made of. */
public abstract class BusContract {
    private static final List<String> SYMBOLS = List.of("AA", "BB", "CC", "DD", "EE");

    /** A way to the test's one log, which is empty before; each call may be that of another machine. */
    protected abstract Bus bus() throws IOException, InterruptedException;

    private static final Receipt NOBODY = new Receipt() {
        @Override
        public void safe() {
            // nobody waits
        }

        @Override
        public void lost(String reason) {
            // nobody waits
        }
    };

    @Test
    void everybodyHearsASymbolsEntriesInTheOrderOfTheLog() throws Exception {
        Bus bus = bus();
        Node first = Node.fromTheStart(bus);
        Node second = Node.fromTheStart(bus());
        List<Trade> told = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            Trade trade = trade(SYMBOLS.get(i % SYMBOLS.size()), i, 1, i);
            told.add(trade);
            bus.publish(trade, Origin.NONE);
        }

        first.hears(500);
        second.hears(500);
        for (String symbol : SYMBOLS) {
            List<Trade> expected = told.stream()
                    .filter(trade -> trade.symbol().name().equals(symbol))
                    .toList();
            assertEquals(expected, first.heard(symbol));
            assertEquals(expected, second.heard(symbol));
        }
        first.heard()
                .forEach(heard ->
                        assertEquals(bus.lane(((Event) heard.entry()).symbol()), heard.lane(), "lane of " + heard));
    }

    @Test
    void twoWhoTellAtOnceAreHeardInOneOrderByEverybody() throws Exception {
        Bus left = bus();
        Bus right = bus();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 1; i <= 300; i++) {
                    right.publish(quote("AA", i, i + 1, i), Origin.NONE);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        for (int i = 1; i <= 300; i++) {
            left.publish(trade("AA", i, 1, i), Origin.NONE);
        }
        other.get(60, TimeUnit.SECONDS);

        List<LogEntry> heard = List.of();
        for (Bus bus : List.of(left, right, bus())) {
            List<LogEntry> now = Node.fromTheStart(bus).hears(600).heard("AA");
            assertTrue(heard.isEmpty() || heard.equals(now), "another order");
            heard = now;
        }
    }

    @Test
    void everyKindOfEntryArrivesAsItWasPublished() throws Exception {
        Symbol symbol = new Symbol("AA");
        List<LogEntry> entries = List.of(
                new Listed(
                        new Instrument(symbol, "Ä & Co.", "EUR", "X", 4, 3, java.time.ZoneId.of("Asia/Kolkata")),
                        "feed",
                        Decimal.ABSENT,
                        0),
                new Trade(symbol, Decimal.LIMIT - 1, 1, Side.SELL, "id", "venue", EnumSet.allOf(Condition.class), 3),
                new Trade(symbol, 1, Decimal.LIMIT - 1, Side.BUY, "", "", Set.of(), 4),
                new Quote(symbol, Decimal.ABSENT, Decimal.ABSENT, 5, 0, 5),
                new Cancel(symbol, "id", 6),
                new Loss(symbol, 7),
                new DayRoll(symbol, 8),
                new Status(symbol, Phase.HALTED, "why", 9),
                new News(symbol, "日本", "https://example.org", "me", 10),
                new Status(Symbol.WHOLE_MARKET, Phase.OPEN, "", 11),
                new News(Symbol.WHOLE_MARKET, "all", "", "", 12));
        Bus bus = bus();
        for (LogEntry entry : entries) {
            bus.publish(entry, Origin.NONE);
        }

        Node node = Node.fromTheStart(bus).hears(entries.size());
        assertEquals(
                new HashSet<>(entries),
                new HashSet<>(node.heard().stream().map(Node.Heard::entry).toList()));
        assertEquals(entries.subList(0, 9), node.heard("AA"));
    }

    @Test
    void timePassesInEveryLaneOnce() throws Exception {
        Bus bus = bus();
        TimePassed time = new TimePassed("feed", 1_000_000);
        bus.publish(time, Origin.NONE);

        Node node = Node.fromTheStart(bus).hears(bus.lanes());
        assertEquals(
                Stream.iterate(0, lane -> lane + 1).limit(bus.lanes()).toList(),
                node.heard().stream().map(Node.Heard::lane).sorted().toList());
        node.heard().forEach(heard -> assertEquals(time, heard.entry()));
    }

    @Test
    void whatASourceTellsTwiceIsHeardOnceByWhoeverTellsIt() throws Exception {
        Bus left = bus();
        Bus right = bus();
        List<Trade> told = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            Trade trade = trade(SYMBOLS.get(i % SYMBOLS.size()), i, 1, i);
            told.add(trade);
            left.publish(trade, new Origin("feed", i, 0));
            if (i > 20) {
                right.publish(told.get(i - 20), new Origin("feed", i - 19, 0));
            }
        }
        for (int i = 81; i <= 100; i++) {
            right.publish(told.get(i - 1), new Origin("feed", i, 0));
        }
        left.publish(trade("AA", 1_000, 1, 1_000), new Origin("feed", 101, 0));

        Node node = Node.fromTheStart(bus());
        node.hearsUntil(() -> node.following().repeated() == 100 && node.heard().size() == 101, "heard each once");
        for (String symbol : SYMBOLS) {
            List<LogEntry> expected = new ArrayList<>(told.stream()
                    .filter(trade -> trade.symbol().name().equals(symbol))
                    .toList());
            if (symbol.equals("AA")) {
                expected.add(trade("AA", 1_000, 1, 1_000));
            }
            assertEquals(expected, node.heard(symbol));
        }
        assertEquals(new Origin("feed", 101, 0), node.following().held("feed"));
        assertEquals(Origin.NONE, node.following().held("another"));
    }

    @Test
    void partsOfOneNumberAreNoRepetitions() throws Exception {
        Bus bus = bus();
        bus.publish(quote("AA", 1, 2, 1), new Origin("feed", 7, 0));
        bus.publish(quote("AA", 2, 3, 2), new Origin("feed", 7, 1));
        bus.publish(quote("AA", 9, 9, 9), new Origin("feed", 7, 1));
        bus.publish(quote("AA", 3, 4, 3), new Origin("another feed", 1, 0));
        bus.publish(quote("AA", 4, 5, 4), Origin.NONE);
        bus.publish(quote("AA", 4, 5, 4), Origin.NONE);

        assertEquals(
                List.of(
                        quote("AA", 1, 2, 1),
                        quote("AA", 2, 3, 2),
                        quote("AA", 3, 4, 3),
                        quote("AA", 4, 5, 4),
                        quote("AA", 4, 5, 4)),
                Node.fromTheStart(bus).hears(5).heard("AA"));
    }

    @Test
    void aMessageIsSafeOnceItIsInTheLogAndItsMarkSaysHowFarItsSourceIs() throws Exception {
        Bus bus = bus();
        CompletableFuture<String> answer = new CompletableFuture<>();
        List<Posting> message = List.of(
                new Posting(trade("AA", 1, 1, 1), new Origin("desk", 1, 0)),
                new Posting(trade("BB", 2, 1, 2), new Origin("desk", 1, 1)),
                Posting.mark(new Origin("desk", 1, 2)));
        bus.publish(message, new Receipt() {
            @Override
            public void safe() {
                answer.complete("safe");
            }

            @Override
            public void lost(String reason) {
                answer.complete(reason);
            }
        });

        assertEquals("safe", answer.get(60, TimeUnit.SECONDS));
        bus().publish(message, NOBODY);
        Node node = Node.fromTheStart(bus());
        node.hearsUntil(() -> node.following().repeated() == 3, "dropped what came again");
        assertEquals(2, node.heard().size());
        assertEquals(new Origin("desk", 1, 2), node.following().held("desk"));
    }

    @Test
    void whoFollowsFromAMarkHearsExactlyTheRest() throws Exception {
        Bus bus = bus();
        Node first = Node.fromTheStart(bus);
        for (int i = 1; i <= 60; i++) {
            bus.publish(trade(SYMBOLS.get(i % SYMBOLS.size()), i, 1, i), new Origin("feed", i, 0));
        }
        first.hears(60);
        List<Mark> marks = first.marks(bus);
        for (int i = 31; i <= 100; i++) {
            bus.publish(trade(SYMBOLS.get(i % SYMBOLS.size()), i, 1, i), new Origin("feed", i, 0));
        }
        first.hears(100);

        Node later = Node.from(bus(), marks).hears(40);
        for (String symbol : SYMBOLS) {
            List<LogEntry> all = first.heard(symbol);
            assertEquals(all.subList(12, 20), later.heard(symbol));
        }
    }

    @Test
    void aFollowerThatHasCaughtUpHasHeardAll() throws Exception {
        Bus bus = bus();
        for (int i = 1; i <= 1_000; i++) {
            bus.publish(trade("AA", i, 1, i), Origin.NONE);
        }
        Node node = Node.fromTheStart(bus);
        CompletableFuture<Boolean> caughtUp = CompletableFuture.supplyAsync(() -> {
            try {
                return node.following().catchUp(java.time.Duration.ofSeconds(60));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        node.hearsUntil(caughtUp::isDone, "caught up");

        assertTrue(caughtUp.get());
        assertEquals(1_000, node.heard().size());
    }

    @Test
    void whoHasEndedHearsNothingMore() throws Exception {
        Bus bus = bus();
        Node node = Node.fromTheStart(bus);
        bus.publish(trade("AA", 1, 1, 1), Origin.NONE);
        node.hears(1);
        node.following().close();
        bus.publish(trade("AA", 2, 1, 2), Origin.NONE);
        Node.fromTheStart(bus).hears(2);

        node.hearsUntil(() -> true, "at its end");
        assertEquals(1, node.heard().size());
    }

    @Test
    void everybodyCallsTheLogTheSame() throws Exception {
        Bus bus = bus();
        assertNotEquals("", bus.epoch());
        assertEquals(bus.epoch(), bus().epoch());
        assertEquals(bus.lanes(), bus().lanes());
    }

    @Test
    void aPlaceThatDoesNotExistIsRefused() throws Exception {
        Bus bus = bus();
        List<Mark> beyond = new ArrayList<>();
        for (int lane = 0; lane < bus.lanes(); lane++) {
            beyond.add(new Mark(1_000, java.util.Map.of()));
        }

        assertThrows(IOException.class, () -> Node.from(bus, beyond));
    }

    @Test
    void whoeverJoinsFromASnapshotGetsTheNumbersOfThoseWhoWereThere() throws Exception {
        Bus bus = bus();
        assertEquals(Optional.empty(), bus.snapshot());
        Witness whole = new Witness(bus, Optional.empty());
        SYMBOLS.forEach(symbol -> whole.publish(listed(symbol, 100)));
        for (int round = 0; round < 3; round++) {
            for (int i = 1; i <= 40; i++) {
                long ts = 1_000_000L * (40 * round + i);
                String symbol = SYMBOLS.get(i % (SYMBOLS.size() - round));
                whole.publish(trade(symbol, 100 + i, i, ts));
                whole.publish(quote(symbol, 100 + i, 101 + i, ts));
                if (i % 7 == 0) {
                    whole.publish(new Cancel(new Symbol(symbol), "t" + ts, ts));
                    whole.publish(new TimePassed("test", ts));
                }
            }
            whole.catchUp();
            whole.keep();
        }
        whole.publish(new Cancel(new Symbol("AA"), "t" + 115_000_000L, 121_000_000L));
        whole.publish(trade("AA", 500, 1, 118_000_000L));
        whole.publish(new TimePassed("test", 130_000_000L));
        whole.publish(listed("FF", 100));
        whole.publish(trade("FF", 500, 1, 131_000_000L));
        whole.catchUp();

        Bus another = bus();
        await("a snapshot of all that was kept", () -> isWhole(another.snapshot(), whole));
        Witness joined = new Witness(another, another.snapshot());
        joined.catchUp();
        List<String> all = new ArrayList<>(SYMBOLS);
        all.add("FF");
        for (String symbol : all) {
            assertEquals(whole.remembered(symbol), joined.remembered(symbol));
        }
        assertTrue(joined.entries < whole.entries / 10, joined.entries + " of " + whole.entries + " were heard again");
    }

    private static boolean isWhole(Optional<Snapshot> snapshot, Witness witness) {
        return snapshot.isPresent() && snapshot.get().marks().equals(witness.kept);
    }

    /** A machine with a market. */
    private static final class Witness {
        private final Bus bus;
        private final Market market = Market.shared(new RecordingListener(), 1_000);
        private final Handover<Runnable> thread = new Handover<>(10_000);
        private final Following following;
        private List<Mark> kept = List.of();
        private int entries;

        Witness(Bus bus, Optional<Snapshot> snapshot) throws IOException {
            this.bus = bus;
            snapshot.ifPresent(state -> state.listings().forEach(each -> market.recall(each, bus.lane(each.symbol()))));
            following = bus.follow(
                    thread,
                    snapshot.map(Snapshot::marks)
                            .orElseGet(() -> java.util.Collections.nCopies(bus.lanes(), Mark.START)),
                    (entry, lane, published) -> {
                        entries++;
                        market.apply(entry, lane);
                    });
        }

        void publish(LogEntry entry) {
            try {
                bus.publish(entry, Origin.NONE);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void catchUp() throws Exception {
            CompletableFuture<Boolean> done = CompletableFuture.supplyAsync(() -> {
                try {
                    return following.catchUp(java.time.Duration.ofSeconds(60));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            while (!done.isDone()) {
                for (Runnable task : thread.take(20_000_000)) {
                    task.run();
                }
            }
            assertTrue(done.get(), "has not caught up");
        }

        /** Keeps all listings that there are, lane by lane, as soon as it may. */
        void keep() {
            List<Mark> marks = new ArrayList<>();
            for (int lane = 0; lane < bus.lanes(); lane++) {
                int here = lane;
                marks.add(following.mark(lane));
                await("something is wanted", () -> bus.wanted(here, following.mark(here)) != Bus.Wanted.NOTHING);
                bus.keep(
                        lane,
                        following.mark(lane),
                        SYMBOLS.stream()
                                .filter(symbol -> bus.lane(new Symbol(symbol)) == here)
                                .map(this::remembered)
                                .toList());
            }
            kept = marks;
        }

        Remembered remembered(String symbol) {
            return market.listing(new Symbol(symbol)).orElseThrow().remembered();
        }
    }
}
