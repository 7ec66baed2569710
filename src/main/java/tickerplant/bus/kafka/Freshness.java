package tickerplant.bus.kafka;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import tickerplant.market.Clock;

/** How old what was heard last is, in each lane. Written by the threads that read and follow, read by any. */
final class Freshness {
    private final Clock clock;
    /** When the newest entry of each lane was written, in milliseconds since the epoch; 0 before the first. */
    private final AtomicLongArray written;

    /** Where each lane ended when it was last asked for more. */
    private final AtomicLongArray ends;

    Freshness(int lanes, Clock clock) {
        this.clock = clock;
        written = new AtomicLongArray(lanes);
        ends = new AtomicLongArray(lanes);
    }

    void heard(int lane, long millis) {
        written.lazySet(lane, Math.max(written.get(lane), millis));
    }

    void ends(int lane, long end) {
        ends.lazySet(lane, end);
    }

    /** How many entries there are from a place on. */
    long behind(int lane, long next) {
        return Math.max(0, ends.get(lane) - next);
    }

    /** Milliseconds since the newest entry of a lane was written; -1 where none was heard yet. */
    long ageMillis(int lane) {
        long millis = written.get(lane);
        return millis == 0 ? -1 : Math.max(0, TimeUnit.MICROSECONDS.toMillis(clock.micros()) - millis);
    }
}
