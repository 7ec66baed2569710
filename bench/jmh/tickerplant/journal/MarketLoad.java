package tickerplant.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tickerplant.hub.Hub;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.market.Event;
import tickerplant.market.Listing;
import tickerplant.market.Market;
import tickerplant.market.Quote;
import tickerplant.market.Update;

/**
 * What a step takes on the market thread at a rate, with a journal and without, and what of the difference is whose. One
 * thread has two markets, and turns from one to the other four times a second, because the same steps of the same market take
 * a third more or less from one second to the next on a machine of others: only what is side by side can be compared.
 */
final class MarketLoad {
    private static final int SYMBOLS = 500;
    private static final int WARMING_PAIRS = 10;
    /** With so many pairs both markets begin anew, as where things lie in memory matters, too. */
    private static final int PAIRS = 10;

    private static final int TURNS_A_SECOND = 4;

    private static final int GROUP_MILLIS = 25;

    /** What there is beside a market and its hub. */
    private enum Beside {
        NOTHING("no journal"),
        JOURNAL("a journal"),
        /** The journal's half on the market thread, and a thread that takes what it is handed and forgets it. */
        HANDOVER("what is handed over is forgotten"),
        /** No journal here, and the other processor as busy as the journal would make it, with a market of its own. */
        NEIGHBOUR("the journal of another market");

        private final String words;

        Beside(String words) {
            this.words = words;
        }
    }

    private final Path folder;
    private final int rate;
    private int folders;

    private MarketLoad(Path folder, int rate) {
        this.folder = folder;
        this.rate = rate;
    }

    /** Measures for so many seconds what something beside a market costs it. */
    static void measure(Path folder, int rate, String what, int seconds) throws Exception {
        MarketLoad load = new MarketLoad(folder, rate);
        Beside beside = Beside.valueOf(what.toUpperCase(Locale.ROOT));
        load.pairs(beside, WARMING_PAIRS);
        List<Pair> pairs = new ArrayList<>();
        while (pairs.size() < seconds) {
            pairs.addAll(load.pairs(beside, Math.min(PAIRS, seconds - pairs.size())));
        }
        for (int perMille : new int[] {500, 900, 990, 999}) {
            tell(beside, perMille, pairs);
        }
    }

    /** What steps took side by side, each sorted. */
    private record Pair(long[] without, long[] with) {
        double more(int perMille) {
            return Math.log(at(with, perMille) / at(without, perMille));
        }
    }

    private static void tell(Beside beside, int perMille, List<Pair> pairs) {
        double mean = pairs.stream()
                .mapToDouble(pair -> pair.more(perMille))
                .average()
                .orElseThrow();
        double spread = Math.sqrt(pairs.stream()
                .mapToDouble(pair -> Math.pow(pair.more(perMille) - mean, 2))
                .average()
                .orElseThrow());
        long[] with = all(pairs.stream().map(Pair::with));
        long[] without = all(pairs.stream().map(Pair::without));
        JournalLoad.say(
                "market, p%.1f of a step, with %s: %.2f µs, and %.2f without, medians of %d seconds each; side by side %+.1f %%"
                        + " (standard error %.1f); all as one %.2f and %.2f µs, %+.1f %%",
                perMille / 10.0,
                beside.words,
                median(pairs.stream().mapToDouble(pair -> at(pair.with, perMille))),
                median(pairs.stream().mapToDouble(pair -> at(pair.without, perMille))),
                pairs.size() / 2,
                100 * Math.expm1(mean),
                100 * spread / Math.sqrt(pairs.size()),
                at(with, perMille),
                at(without, perMille),
                100 * (at(with, perMille) / at(without, perMille) - 1));
    }

    private static long[] all(Stream<long[]> turns) {
        return turns.flatMapToLong(LongStream::of).sorted().toArray();
    }

    private static double at(long[] sorted, int perMille) {
        return sorted[(int) (sorted.length * (long) perMille / 1_000)] / 1e3;
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private List<Pair> pairs(Beside beside, int count) throws Exception {
        List<Pair> pairs = new ArrayList<>();
        Path own = folder.resolve(beside.name().toLowerCase(Locale.ROOT) + "-" + folders++);
        try (Desk without = desk(Beside.NOTHING, own);
                Desk with = desk(beside, own)) {
            for (int i = 0; i < count; i++) {
                Desk one = i % 2 == 0 ? without : with;
                Desk other = i % 2 == 0 ? with : without;
                List<long[]> turns = List.of(turn(one), turn(other), turn(other), turn(one));
                long[] ofOne = all(Stream.of(turns.get(0), turns.get(3)));
                long[] ofOther = all(Stream.of(turns.get(1), turns.get(2)));
                pairs.add(i % 2 == 0 ? new Pair(ofOne, ofOther) : new Pair(ofOther, ofOne));
            }
        }
        return pairs;
    }

    /**
     * A market with what is beside it.
     *
     * @param work what is to be done on the market thread
     * @param next the number of its next event, in an array of one
     * @param turns hears whether it is its turn
     */
    private record Desk(
            Market market,
            Runnable stepped,
            BlockingQueue<Runnable> work,
            int[] next,
            AutoCloseable beside,
            Consumer<Boolean> turns)
            implements AutoCloseable {
        Desk(Market market, Runnable stepped, BlockingQueue<Runnable> work, AutoCloseable beside, Consumer<Boolean> turns) {
            this(market, stepped, work, new int[1], beside, turns);
            for (int i = 0; i < SYMBOLS; i++) {
                market.apply(JournalLoad.listed(i));
            }
            stepped.run();
        }

        @Override
        public void close() throws Exception {
            beside.close();
        }
    }

    private Desk desk(Beside beside, Path own) throws IOException {
        return switch (beside) {
            case NOTHING -> desk(Journal.none());
            case JOURNAL -> desk(Journal.in(own, Retention.ALL, Clock.SYSTEM));
            case HANDOVER -> {
                Forgetful forgetful = new Forgetful();
                Market market = new Market(forgetful, 100_000, 400_000);
                yield new Desk(market, forgetful.recording::stepped, forgetful.work, forgetful, isItsTurn -> {});
            }
            case NEIGHBOUR -> {
                Neighbour neighbour = new Neighbour(own, rate);
                Journal none = Journal.none();
                yield new Desk(
                        JournalLoad.market(JournalLoad.hub(), none),
                        none::stepped,
                        new LinkedBlockingQueue<>(),
                        neighbour,
                        isItsTurn -> neighbour.isAwake = isItsTurn);
            }
        };
    }

    private static Desk desk(Journal journal) throws IOException {
        BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
        journal.open("e-load", work::add);
        return new Desk(JournalLoad.market(JournalLoad.hub(), journal), journal::stepped, work, journal, isItsTurn -> {});
    }

    /** A quarter of a second of a market; until each symbol had its turn nothing of it is in the processor's cache, and nothing counts. */
    private long[] turn(Desk desk) {
        int count = rate / TURNS_A_SECOND;
        int begins = SYMBOLS;
        long[] steps = new long[count - begins];
        desk.turns.accept(true);
        long first = System.nanoTime();
        for (int i = 0; i < count; i++) {
            Event event = event(desk.next[0]++, rate);
            long due = first + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            if (i >= begins) {
                for (Runnable task = desk.work.poll(); task != null; task = desk.work.poll()) {
                    task.run();
                }
            }
            long begun = System.nanoTime();
            desk.market.apply(event);
            desk.stepped.run();
            long took = System.nanoTime() - begun;
            if (i >= begins) {
                steps[i - begins] = took;
            }
        }
        desk.turns.accept(false);
        return steps;
    }

    private static Event event(int number, int rate) {
        int symbol = number * 7 % SYMBOLS;
        long ts = JournalLoad.DAY + (number + rate / (2 * TURNS_A_SECOND)) * 1_000_000L / rate; // no turn begins with a bar
        return number % 4 == 0
                ? JournalLoad.trade(symbol, number, ts)
                : new Quote(JournalLoad.symbol(symbol), 9_990 + number % 50, 100, 10_050 + number % 50, 200, ts);
    }

    /** The hub hears it, then half a journal. */
    private static final class Forgetful implements Market.Listener, AutoCloseable {
        private final Hub hub = JournalLoad.hub();
        private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
        private final Waiting waiting =
                new Waiting(262_144, TimeUnit.MILLISECONDS.toNanos(GROUP_MILLIS), Clock.SYSTEM);
        private final Recording recording =
                new Recording(waiting, new ConcurrentHashMap<>(), Map.of(), Map.of(), work::add);
        private final Thread forgetting = new Thread(this::forget, "forgetting");

        Forgetful() {
            forgetting.start();
        }

        private void forget() {
            try {
                long round = 0;
                while (!waiting.isEnded()) {
                    waiting.written(waiting.take(Long.MAX_VALUE).size());
                    if (++round % 80 == 0) {
                        recording.beginRound();
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void listed(Listing listing) {
            hub.listed(listing);
            recording.listed(listing);
        }

        @Override
        public void updated(Listing listing, Update update, Update standing) {
            hub.updated(listing, update, standing);
            recording.updated(listing, update);
        }

        @Override
        public void closed(Listing listing, BarUpdate update) {
            recording.closed(listing, update);
        }

        @Override
        public boolean hears(Listing listing, Channel channel) {
            return hub.hears(listing, channel);
        }

        @Override
        public void refused(Event event, String reason) {
            hub.refused(event, reason);
        }

        @Override
        public void close() throws InterruptedException {
            waiting.end();
            forgetting.join();
        }
    }

    /**
     * A market with a journal on threads of its own, at the same rate while it is awake; its events come in bursts, and it sleeps
     * between them.
     */
    private static final class Neighbour implements AutoCloseable {
        private final Journal journal;
        private final int rate;
        private final Thread thread = new Thread(this::run, "neighbour");
        private volatile boolean isAwake;
        private volatile boolean over;

        Neighbour(Path folder, int rate) {
            this.journal = Journal.in(folder, Retention.ALL, Clock.SYSTEM);
            this.rate = rate;
            thread.start();
        }

        private void run() {
            try {
                BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
                journal.open("e-load", work::add);
                Market market = JournalLoad.market(JournalLoad.hub(), journal);
                for (int i = 0; i < SYMBOLS; i++) {
                    market.apply(JournalLoad.listed(i));
                }
                journal.stepped();
                int next = 0;
                while (!over) {
                    for (int i = 0; isAwake && i < rate * GROUP_MILLIS / 1_000; i++) {
                        market.apply(event(next++, rate));
                        journal.stepped();
                    }
                    for (Runnable task = work.poll(); task != null; task = work.poll()) {
                        task.run();
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(GROUP_MILLIS));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            thread.join();
            journal.close();
        }
    }
}
