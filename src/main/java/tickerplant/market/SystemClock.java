package tickerplant.market;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

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
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }
}
