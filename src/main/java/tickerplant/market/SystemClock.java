package tickerplant.market;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The machine's clock: the only class that reads it. */
final class SystemClock implements Clock {
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
