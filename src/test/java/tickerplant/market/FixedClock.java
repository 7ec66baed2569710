package tickerplant.market;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A clock that stands still until a test moves it. Who sleeps on it moves it himself, to the moment he sleeps for, and
 * comes back at once; on a {@link #waiting} one he sleeps until the test has moved it there. Safe for any thread.
 */
public final class FixedClock implements Clock {
    private final long startMicros;
    private final boolean sleepersMoveIt;
    private final List<Duration> sleeps = new ArrayList<>();
    private long nanos;
    private int sleepers;

    private FixedClock(long startMicros, boolean sleepersMoveIt) {
        this.startMicros = startMicros;
        this.sleepersMoveIt = sleepersMoveIt;
    }

    /** A clock that whoever sleeps on it moves on. */
    public static FixedClock at(long micros) {
        return new FixedClock(micros, true);
    }

    /** A clock that only the test moves on. */
    public static FixedClock waiting(long micros) {
        return new FixedClock(micros, false);
    }

    /** Moves it on, and wakes who has slept long enough. */
    public synchronized void advance(Duration duration) {
        nanos += duration.toNanos();
        notifyAll();
    }

    /** How long each sleep was to be that had not passed already, the oldest first. */
    public synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    /** Returns once somebody sleeps on it; gives up with an error after 10 real seconds. */
    public synchronized void awaitSleeper() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (sleepers == 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("nobody sleeps on the clock");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    @Override
    public synchronized long micros() {
        return startMicros + nanos / 1_000;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public long processorNanos() {
        return nanos();
    }

    @Override
    public synchronized void sleepUntil(long until) throws InterruptedException {
        if (until <= nanos) {
            return;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sleeps.add(Duration.ofNanos(until - nanos));
        if (sleepersMoveIt) {
            nanos = until;
            notifyAll();
            return;
        }
        sleepers++;
        notifyAll();
        try {
            while (nanos < until) {
                wait();
            }
        } finally {
            sleepers--;
        }
    }
}
