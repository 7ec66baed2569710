package tickerplant.conversation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tickerplant.market.Clock;

/**
 * How long this process was kept waiting for a processor while something was measured in it: a thread that wants to wake up
 * every few milliseconds, and notes by how much it was late. Started and asked by one thread.
 */
final class Pulse implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Thread thread = new Thread(this::run, "pulse");
    private volatile long longestNanos;

    private Pulse() {
        thread.setDaemon(true);
    }

    static Pulse begun() {
        Pulse pulse = new Pulse();
        pulse.thread.start();
        return pulse;
    }

    /** The longest that it had to wait so far. */
    Duration longestPause() {
        return Duration.ofNanos(longestNanos);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                long due = Clock.SYSTEM.nanos() + PERIOD_NANOS;
                Clock.SYSTEM.sleepUntil(due);
                longestNanos = Math.max(longestNanos, Clock.SYSTEM.nanos() - due);
            }
        } catch (InterruptedException e) {
            // Only close() interrupts this thread, and the thread ends here.
        }
    }
}
