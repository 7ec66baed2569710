package tickerplant.feed;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: the bound doubles from 2 s to 30 s, and the wait is drawn evenly from its
 * upper half, so 1 s at least and 30 s at most, and feeds that fell together don't come back together.
 */
final class Backoff {
    private static final long FIRST_BOUND_NANOS = 2_000_000_000L;
    private static final long LAST_BOUND_NANOS = 30_000_000_000L;

    private final RandomGenerator random;
    private long bound = FIRST_BOUND_NANOS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The next wait in nanoseconds. */
    long next() {
        long wait = random.nextLong(bound / 2, bound + 1);
        bound = Math.min(2 * bound, LAST_BOUND_NANOS);
        return wait;
    }

    /** An attempt went well: the next failure starts anew. */
    void reset() {
        bound = FIRST_BOUND_NANOS;
    }
}
