package tickerplant.journal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tickerplant.market.Clock;
import tickerplant.market.Receipt;

/**
 * Writes down what waits, on the one thread that writes: first to the log, in one commit for all that came meanwhile, which
 * makes it safe; and every now and then, with what symbols are by then, to its place. Where writing fails it is tried again
 * until it works, while what comes waits.
 */
final class Writer implements Runnable {
    private static final Logger LOG = System.getLogger(Writer.class.getName());
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LAST_TRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** How many of the newest events stay in the log, for clients that come back after a restart. */
    static final long TAIL = 20_000;

    /** How long others may come forward between two goes at what is too old. */
    private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** So many entries at once are much to be written. */
    private static final int BUSY = 4_096;

    /** Something to be done in one commit. */
    private interface Work {
        void on(Store store) throws SQLException;
    }

    private final Path file;
    private final Epoch epoch;
    private final Waiting waiting;
    private final Shelf shelf;
    private final Clock clock;
    private final Runnable beginRound;
    private final Settling settling;
    private final Retention retention;
    private final Sweep sweep;
    private final long sweepNanos;
    private boolean sweeping;
    private long nextSweep;
    private volatile List<Holding> holdings = List.of();
    private final Packed packed = new Packed();
    private Optional<Store> store = Optional.empty();
    private long logId;
    private boolean roundUnderway;
    /** The newest entry of the log when the round began: all before it is among what is captured. */
    private long roundLogId;

    private long nextRound;
    private volatile String trouble = "";
    private volatile boolean isClean;
    private volatile boolean isLeft;

    /**
     * A writer.
     *
     * @param logId the newest entry of the log
     * @param retention what is to be removed
     * @param sweepNanos how often it is looked for that
     * @param beginRound asks the market thread to capture what has changed
     */
    Writer(
            Path file,
            Epoch epoch,
            long logId,
            Waiting waiting,
            Shelf shelf,
            Clock clock,
            Retention retention,
            long sweepNanos,
            Runnable beginRound) {
        this.file = file;
        this.epoch = epoch;
        this.logId = logId;
        this.waiting = waiting;
        this.shelf = shelf;
        this.settling = new Settling(shelf, epoch.eid());
        this.clock = clock;
        this.retention = retention;
        this.sweep = new Sweep(retention);
        this.sweepNanos = sweepNanos;
        this.beginRound = beginRound;
    }

    /** Why nothing can be written; empty where it can. Any thread. */
    String trouble() {
        return trouble;
    }

    /** Whether it has ended with everything stored. Any thread. */
    boolean isClean() {
        return isClean;
    }

    /** The epoch does not end: the market has more to tell. Any thread. */
    void leave() {
        isLeft = true;
    }

    @Override
    public void run() {
        nextRound = clock.nanos() + ROUND_NANOS;
        nextSweep = clock.nanos() + sweepNanos;
        try {
            boolean ended;
            do {
                ended = waiting.isEnded();
                List<Entry> taken = waiting.take(deadline());
                write(taken, ended);
                waiting.written(taken.size());
                if (!ended) {
                    sweep(taken.size());
                }
                if (!ended && !roundUnderway && clock.nanos() >= nextRound) {
                    roundUnderway = true;
                    roundLogId = logId;
                    beginRound.run();
                }
            } while (!ended);
            if (!isLeft) {
                insist(last -> last.epoch(epoch.in(Epoch.State.ENDED)), List.of());
                store.orElseThrow().fold();
                isClean = true;
            }
        } catch (InterruptedException | GivenUpException | SQLException e) {
            LOG.log(
                    Level.ERROR,
                    "the journal could not be ended, the next start begins a new epoch: " + e.getMessage());
            waiting.disappoint(trouble);
        } finally {
            discard();
        }
    }

    /** Until when others are waited for at most; a round that is under way ends with what the market hands over. */
    private long deadline() {
        if (sweeping) {
            return clock.nanos() + BREATH_NANOS;
        }
        return roundUnderway ? Long.MAX_VALUE : nextRound;
    }

    /** Removes some of what is too old; while much is to be written, that waits. */
    private void sweep(int written) throws InterruptedException, GivenUpException {
        boolean isDue = sweeping || clock.nanos() >= nextSweep;
        if (retention.isAll() || !isDue || written > BUSY) {
            return;
        }
        boolean[] isMore = {false};
        insist(old -> isMore[0] = sweep.removeSome(old, clock.micros()), List.of());
        sweeping = isMore[0];
        if (!sweeping) {
            nextSweep = clock.nanos() + sweepNanos;
        }
    }

    /** Where it writes, before it does; from then on nobody else may. */
    void begins(Store first) {
        store = Optional.of(first);
        holdings = first.totals().holdings(sweep.removed());
    }

    /** How much is stored of each kind. Any thread. */
    List<Holding> holdings() {
        return holdings;
    }

    private void write(List<Entry> entries, boolean ended) throws InterruptedException, GivenUpException {
        packed.clear();
        int events = 0;
        List<Receipt> receipts = new ArrayList<>();
        Map<String, Long> published = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Told told) {
                EventBytes.write(packed, told);
                events++;
            } else if (entry instanceof Entry.Named named) {
                EventBytes.write(packed, named);
            } else if (entry instanceof Entry.Missing missing) {
                EventBytes.write(packed, missing);
            } else if (entry instanceof Entry.Published each) {
                published.put(each.publisher(), each.pseq());
            } else if (entry instanceof Entry.Awaited awaited) {
                receipts.add(awaited.receipt());
            }
        }
        byte[] body = packed.toArray();
        if (body.length > 0 || !published.isEmpty()) {
            int count = events;
            insist(
                    log -> {
                        if (body.length > 0) {
                            log.append(logId + 1, epoch.eid(), count, body);
                        }
                        for (Map.Entry<String, Long> each : published.entrySet()) {
                            log.published(each.getKey(), each.getValue());
                        }
                    },
                    receipts);
            logId += body.length > 0 ? 1 : 0;
        }
        entries.forEach(this::shelve);
        receipts.forEach(Receipt::safe);
        settle(entries, ended);
    }

    private void shelve(Entry entry) {
        if (entry instanceof Entry.Told told) {
            shelf.put(told.sid(), told.update().channel(), told);
        } else if (entry instanceof Entry.Missing missing) {
            shelf.put(missing.sid(), missing.channel(), missing);
        } else if (entry instanceof Entry.Closed closed) {
            shelf.put(closed.sid(), closed.update());
        }
    }

    private void settle(List<Entry> entries, boolean ended) throws InterruptedException, GivenUpException {
        boolean over = false;
        List<Entry.Captive> captives = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Captured captured) {
                captives.addAll(captured.captives());
            } else if (entry instanceof Entry.RoundOver) {
                over = true;
            }
        }
        if (captives.isEmpty() && !over) {
            return;
        }
        long known = ended ? logId : roundLogId;
        boolean forgets = over;
        insist(
                places -> {
                    for (Entry.Captive captive : captives) {
                        settling.settle(places, captive.sid(), captive.state());
                    }
                    if (forgets) {
                        places.forget(known, TAIL);
                    }
                },
                List.of());
        shelf.clear(captives.stream().map(Entry.Captive::sid).toList());
        if (over) {
            roundUnderway = false;
            nextRound = clock.nanos() + ROUND_NANOS;
        }
    }

    /** Does it until it is done. Who waits for it is told at the first failure that it may take long. */
    private void insist(Work work, List<Receipt> receipts) throws InterruptedException, GivenUpException {
        long deadline = 0;
        while (true) {
            try {
                if (store.isEmpty()) {
                    store = Optional.of(new Store(file));
                }
                work.on(store.get());
                store.get().commit();
                holdings = store.get().totals().holdings(sweep.removed());
                if (!trouble.isEmpty()) {
                    LOG.log(Level.INFO, "the journal is written again, " + waiting.size() + " entries wait");
                    trouble = "";
                }
                return;
            } catch (SQLException e) {
                failed(e);
                if (!receipts.isEmpty()) {
                    receipts.forEach(receipt -> receipt.lost(trouble));
                    receipts.clear();
                }
            }
            waiting.disappoint(trouble);
            if (waiting.isEnded()) {
                deadline = deadline == 0 ? clock.nanos() + LAST_TRY_NANOS : deadline;
                if (clock.nanos() >= deadline) {
                    throw new GivenUpException(trouble);
                }
                clock.sleepUntil(clock.nanos() + RETRY_NANOS / 5);
            } else {
                waiting.pause(RETRY_NANOS);
            }
        }
    }

    private void failed(SQLException e) {
        String reason = "the journal can't be written: " + e.getMessage();
        if (trouble.isEmpty()) {
            LOG.log(Level.ERROR, reason + "; tried again until it works");
        }
        trouble = reason;
        discard();
    }

    /** A connection that has failed once is not trusted again. */
    private void discard() {
        try {
            if (store.isPresent()) {
                store.get().close();
            }
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "the journal's file did not close", e);
        }
        store = Optional.empty();
    }

    /** The end has come, and it still can't be written. */
    private static final class GivenUpException extends Exception {
        private static final long serialVersionUID = 1L;

        GivenUpException(String message) {
            super(message);
        }
    }
}
