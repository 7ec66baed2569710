package tickerplant.journal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tickerplant.market.Clock;
import tickerplant.market.Receipt;

/**
 * What waits for the writer, in steps that belong together. Putting never waits: past a bound it is refused. Safe for any
 * thread; one takes.
 */
final class Waiting {
    private static final int FEWEST = 256;

    private final int room;
    private final long groupNanos;
    private final Clock clock;
    private List<Entry> filling = new ArrayList<>();
    /** How many entries were ever put, and how many of them have been written. */
    private long put;

    private long written;
    private boolean urgent;
    private boolean ended;

    /**
     * Nothing waits.
     *
     * @param room how many entries may wait
     * @param groupNanos how long others are waited for, where nobody waits for what there is
     */
    Waiting(int room, long groupNanos, Clock clock) {
        this.room = room;
        this.groupNanos = groupNanos;
        this.clock = clock;
    }

    /** Takes a step, or where there is no room for it, answers that it did not. */
    synchronized boolean put(List<Entry> step) {
        if (filling.size() + step.size() > room) {
            return false;
        }
        putAnyway(step);
        return true;
    }

    /** Takes what has to be taken. */
    synchronized void putAnyway(List<Entry> step) {
        for (int i = 0; i < step.size(); i++) {
            filling.add(step.get(i));
        }
        put += step.size();
    }

    /** Somebody waits for what has been put. */
    synchronized void hurry() {
        urgent = true;
        notifyAll();
    }

    /** Nothing more will be put. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** How many entries were put and are not written. */
    synchronized long lag() {
        return put - written;
    }

    synchronized int size() {
        return filling.size();
    }

    /** Whether there is so much room again that what had to be refused may begin anew. */
    synchronized boolean hasRoom() {
        return filling.size() <= room / 2;
    }

    /**
     * Takes all there is, after a while in which others may come; there may be nothing.
     *
     * <p>It looks every so often, because to be woken by the first entry would cost the market thread some microseconds.
     *
     * @param deadline when it takes what there is by then, however short the while was
     */
    synchronized List<Entry> take(long deadline) throws InterruptedException {
        long until = Math.min(deadline, clock.nanos() + groupNanos);
        for (long now = clock.nanos(); !urgent && !ended && now < until; now = clock.nanos()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, until - now));
        }
        urgent = false;
        List<Entry> taken = filling;
        // As much again is to be expected, and the market thread shall not have to make room for it.
        filling = new ArrayList<>(Math.max(FEWEST, taken.size()));
        return taken;
    }

    /** So many more entries have been written. */
    synchronized void written(int entries) {
        written += entries;
        notifyAll();
    }

    /** Waits until all that has been put until now is written, or it takes too long. */
    synchronized void settle(long nanos) throws InterruptedException {
        long all = put;
        long deadline = clock.nanos() + nanos;
        urgent = true;
        notifyAll();
        while (written < all && clock.nanos() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, deadline - clock.nanos()));
        }
    }

    /** Waits, unless it ends. */
    synchronized void pause(long nanos) throws InterruptedException {
        if (!ended) {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        }
    }

    /** Tells all who wait that it won't be soon; what they wait for stays. */
    void disappoint(String reason) {
        List<Receipt> disappointed = new ArrayList<>();
        synchronized (this) {
            for (Iterator<Entry> all = filling.iterator(); all.hasNext(); ) {
                if (all.next() instanceof Entry.Awaited awaited) {
                    disappointed.add(awaited.receipt());
                }
            }
            if (!disappointed.isEmpty()) {
                filling.removeIf(Entry.Awaited.class::isInstance);
                written += disappointed.size();
            }
        }
        disappointed.forEach(receipt -> receipt.lost(reason));
    }
}
