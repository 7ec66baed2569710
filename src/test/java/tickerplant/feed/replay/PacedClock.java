package tickerplant.feed.replay;

import java.util.ArrayList;
import java.util.List;
import tickerplant.market.Clock;

/** A clock that stands still until somebody sleeps, and notes how long that was. */
final class PacedClock implements Clock {
    private final List<Long> sleeps = new ArrayList<>();
    private long nanos = 5_000_000_000L;

    @Override
    public long micros() {
        return nanos / 1_000;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long processorNanos() {
        return nanos();
    }

    @Override
    public void sleepUntil(long until) {
        sleeps.add(until - nanos);
        nanos = until;
    }

    /** Lets time pass without anybody sleeping. */
    void pass(long micros) {
        nanos += micros * 1_000;
    }

    List<Long> sleepsInMicros() {
        return sleeps.stream().map(sleep -> sleep / 1_000).toList();
    }
}
