package tickerplant.market;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The machine's clock: the only class that reads it. */
final class SystemClock implements Clock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean KNOWS_PROCESSOR_TIME =
            THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

    @Override
    public long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long processorNanos() {
        return KNOWS_PROCESSOR_TIME ? THREADS.getCurrentThreadCpuTime() : nanos();
    }

    @Override
    public void sleepUntil(long nanos) throws InterruptedException {
        // Parking is precise to some microseconds, sleeping only to a millisecond.
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
