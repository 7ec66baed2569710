package tickerplant.session;

/** The next moment at which a sender serves an outbox although nobody hands it over. Guarded by the lock of the outbox. */
final class Alarm {
    private boolean set;
    private long at;

    /** Whether it would ring too late for this moment, or not at all. */
    boolean misses(long moment) {
        return !set || moment - at < 0;
    }

    void set(long moment) {
        set = true;
        at = moment;
    }

    /** The sender has come for this moment; answers whether that is the one that counts. */
    boolean rings(long moment) {
        boolean counts = set && at == moment;
        set &= !counts;
        return counts;
    }
}
