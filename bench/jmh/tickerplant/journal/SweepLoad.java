package tickerplant.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tickerplant.market.Clock;
import tickerplant.market.Event;
import tickerplant.market.Interval;
import tickerplant.market.Market;
import tickerplant.market.Quote;
import tickerplant.market.Receipt;

/**
 * What removing the past costs those who write and read meanwhile: a journal full of old trades, with all of it to be removed,
 * and with nothing.
 */
final class SweepLoad {
    private static final int SYMBOLS = 500;
    private static final int SECONDS = 15;
    private static final int RECEIPT_MILLIS = 20;
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Clock clock = Clock.SYSTEM;
    private final SqliteJournal journal;
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<Long> safeNanos = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> readNanos = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private long mostLag;

    private SweepLoad(SqliteJournal journal) {
        this.journal = journal;
    }

    /** With nothing to be removed, and then with everything that is old. */
    static void measure(Path folder, int rate) throws Exception {
        Map<Kind, Duration> ages = new EnumMap<>(Kind.class);
        run(folder, rate, "warming up", new Retention(ages, Map.of()));
        run(folder, rate, "nothing removed", new Retention(ages, Map.of()));
        ages.put(Kind.TRADES, Duration.ofDays(30));
        ages.put(Kind.MINUTE_BARS, Duration.ofDays(30));
        run(folder, rate, "retention", new Retention(ages, Map.of()));
    }

    private static void run(Path folder, int rate, String how, Retention retention) throws Exception {
        try (SqliteJournal journal = new SqliteJournal(folder, Clock.SYSTEM, 262_144, retention, SWEEP_NANOS)) {
            SweepLoad load = new SweepLoad(journal);
            journal.open("e-load", load.work::add);
            long[] steps = load.steps(rate);
            long removed = journal.holdings().stream().mapToLong(Holding::removed).sum();
            JournalLoad.say(
                    "sweep, %s: %,d events/s for %d s, %,d things removed meanwhile; a step %s; until an event is safe %s, longest"
                            + " %.1f ms; a reader %s, longest %.1f ms; at most %,d entries behind, %,d refused, %,d lost",
                    how,
                    rate,
                    SECONDS,
                    removed,
                    JournalLoad.times(steps),
                    JournalLoad.times(sorted(load.safeNanos)),
                    longest(load.safeNanos) / 1e6,
                    JournalLoad.times(sorted(load.readNanos)),
                    longest(load.readNanos) / 1e6,
                    load.mostLag,
                    load.refused.get(),
                    journal.lost());
        }
    }

    private static long[] sorted(ConcurrentLinkedQueue<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static long longest(ConcurrentLinkedQueue<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private long[] steps(int rate) throws InterruptedException {
        Market market = JournalLoad.market(JournalLoad.hub(), journal);
        for (int i = 0; i < SYMBOLS; i++) {
            market.apply(JournalLoad.listed(i));
        }
        journal.stepped();
        Thread reading = new Thread(this::read, "reading");
        reading.start();
        long[] steps = new long[SECONDS * rate];
        long first = clock.nanos();
        long ts = clock.micros();
        long receipt = first;
        for (int i = 0; i < steps.length; i++) {
            long due = first + i * 1_000_000_000L / rate;
            while (clock.nanos() < due) {
                Thread.onSpinWait();
            }
            for (Runnable task = work.poll(); task != null; task = work.poll()) {
                task.run();
            }
            long begun = clock.nanos();
            market.apply(event(i, ts + i * 1_000_000L / rate));
            if (begun >= receipt) {
                receipt = begun + TimeUnit.MILLISECONDS.toNanos(RECEIPT_MILLIS);
                journal.published("", 0, new Safe(begun));
                mostLag = Math.max(mostLag, journal.lag());
            }
            journal.stepped();
            steps[i] = clock.nanos() - begun;
        }
        reading.interrupt();
        reading.join();
        Arrays.sort(steps);
        return steps;
    }

    private static Event event(int number, long ts) {
        int symbol = number * 7 % SYMBOLS;
        return number % 4 == 0
                ? JournalLoad.trade(symbol, number, ts)
                : new Quote(JournalLoad.symbol(symbol), 9_990 + number % 50, 100, 10_050 + number % 50, 200, ts);
    }

    /** Somebody looks at charts meanwhile. */
    private void read() {
        Query day = new Query(Long.MIN_VALUE, Long.MAX_VALUE, 0, Long.MAX_VALUE, 1_440);
        try {
            for (int i = 0; ; i++) {
                long begun = clock.nanos();
                journal.bars(JournalLoad.symbol(i % SYMBOLS), Interval.MINUTE, day);
                readNanos.add(clock.nanos() - begun);
                Thread.sleep(5);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // enough
        }
    }

    private final class Safe implements Receipt {
        private final long begun;

        Safe(long begun) {
            this.begun = begun;
        }

        @Override
        public void safe() {
            safeNanos.add(clock.nanos() - begun);
        }

        @Override
        public void lost(String reason) {
            refused.incrementAndGet();
        }
    }
}
