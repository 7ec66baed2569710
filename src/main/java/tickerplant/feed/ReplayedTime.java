package tickerplant.feed;

/**
 * The time in a replay, as its events tell it, in whole seconds. It does not go back for events in disorder; but after one
 * with a time far ahead of all others it comes back to them, so that one wild event does not stop it.
 */
final class ReplayedTime {
    private static final long SECOND_MICROS = 1_000_000;
    /** Events may be so far out of order. */
    private static final long DISORDER_MICROS = 60 * SECOND_MICROS;

    /** The end of the current second; 0 before the first event. */
    private long end;

    /** Whether the moment of the next event lies in another second than the time so far, which then is that second. */
    boolean moves(long ts) {
        boolean first = end == 0;
        if (ts < end && ts >= end - DISORDER_MICROS) {
            return false;
        }
        end = ts - Math.floorMod(ts, SECOND_MICROS) + SECOND_MICROS;
        return !first;
    }

    /** When the current second began, in microseconds since the epoch. */
    long second() {
        return end - SECOND_MICROS;
    }
}
