package tickerplant.session;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** How old rows were when they left, counted in classes. One thread at a time adds, any may read. */
public final class Ages {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    /** The greatest age of each class but the last, which has none. */
    private static final long[] BOUNDS = {
        100 * MICRO,
        200 * MICRO,
        500 * MICRO,
        MILLI,
        2 * MILLI,
        5 * MILLI,
        10 * MILLI,
        20 * MILLI,
        50 * MILLI,
        100 * MILLI,
        200 * MILLI,
        500 * MILLI,
        SECOND,
        2 * SECOND,
        5 * SECOND,
        10 * SECOND,
        30 * SECOND
    };

    private final AtomicLongArray counts = new AtomicLongArray(classes());
    private final AtomicLong sum = new AtomicLong();

    /** How many classes there are. */
    public static int classes() {
        return BOUNDS.length + 1;
    }

    /** The greatest age in a class, in nanoseconds; {@link Long#MAX_VALUE} in the last. */
    public static long bound(int place) {
        return place == BOUNDS.length ? Long.MAX_VALUE : BOUNDS[place];
    }

    /** The class of an age in nanoseconds. */
    static int place(long nanos) {
        int place = 0;
        while (place < BOUNDS.length && nanos > BOUNDS[place]) {
            place++;
        }
        return place;
    }

    void add(int place, long more) {
        counts.setOpaque(place, counts.getPlain(place) + more);
    }

    void addNanos(long more) {
        sum.setOpaque(sum.getPlain() + more);
    }

    /** How many rows of a class have left. */
    public long of(int place) {
        return counts.getOpaque(place);
    }

    /** The ages of all of them together, in nanoseconds. */
    public long sumNanos() {
        return sum.getOpaque();
    }
}
