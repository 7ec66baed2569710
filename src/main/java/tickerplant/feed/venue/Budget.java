package tickerplant.feed.venue;

import java.time.Duration;

/** When a venue may be asked for something again: never in quick succession, and after a complaint not for a while. */
final class Budget {
    private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LAST_PAUSE_NANOS = Duration.ofSeconds(60).toNanos();

    private final long distance;
    private long free;
    private long pause = FIRST_PAUSE_NANOS;

    /**
     * A budget, all of it free.
     *
     * @param now in nanoseconds of the clock
     */
    Budget(Duration betweenRequests, long now) {
        distance = betweenRequests.toNanos();
        free = now;
    }

    boolean isFree(long now) {
        return now - free >= 0;
    }

    /** Something is asked. */
    void spend(long now) {
        free = now + distance;
    }

    /** The venue complains: twice as long a pause each time. */
    void complained(long now) {
        free = now + pause;
        pause = Math.min(2 * pause, LAST_PAUSE_NANOS);
    }

    /** The venue has answered as it should. */
    void answered() {
        pause = FIRST_PAUSE_NANOS;
    }
}
