package tickerplant.checker;

/** That a heartbeat comes within twice the time that the server promised, as long as somebody listens. */
final class Heartbeats {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Complaints complaints;
    private long allowed;
    private long last;

    Heartbeats(Complaints complaints) {
        this.complaints = complaints;
    }

    void promised(long nanos, long everyMillis) {
        allowed = 2 * everyMillis * NANOS_PER_MILLI;
        last = nanos;
    }

    void came(long nanos) {
        silentUntil(nanos);
        last = nanos;
    }

    /** Complains if the last one is too long ago by now. */
    void silentUntil(long nanos) {
        if (allowed > 0 && nanos - last > allowed) {
            complaints.complain(
                    Assertion.HEARTBEAT,
                    Violation.LATE + "no heartbeat for " + (nanos - last) / NANOS_PER_MILLI + " ms, allowed are "
                            + allowed / NANOS_PER_MILLI);
        }
    }

    /** The client did not listen until now. */
    void heardNothingUntil(long nanos) {
        last = Math.max(last, nanos);
    }
}
