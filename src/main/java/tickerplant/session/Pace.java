package tickerplant.session;

import tickerplant.market.Clock;
import tickerplant.message.Rate;

/**
 * How often one client's slots may send. The longest of three intervals holds: that of the slot, that of the connection, and
 * that which is imposed on a client that can't keep up. Guarded by the lock of its outbox.
 */
final class Pace {
    private static final long LONGEST_NANOS = new Rate(Rate.LEAST).intervalNanos();

    private final Clock clock;
    private final long longAgo;
    private long configured;
    private long imposed;
    /** The earliest moment at which a slot that has just sent may send again; meaningful where {@code turns} is true. */
    private long nextTurn;

    private boolean turns;

    Pace(Clock clock) {
        this.clock = clock;
        this.longAgo = clock.nanos() - LONGEST_NANOS;
    }

    /** A moment before which nothing was sent that could matter now. */
    long longAgo() {
        return longAgo;
    }

    long now() {
        return clock.nanos();
    }

    /** Takes the interval that the client has asked for; answers whether it is another. */
    boolean configure(long interval) {
        boolean changes = configured != interval;
        configured = interval;
        return changes;
    }

    /** Takes the interval that is imposed; answers whether it is another. */
    boolean impose(long interval) {
        boolean changes = imposed != interval;
        imposed = interval;
        return changes;
    }

    /** The shortest time between two rows of a slot, 0 where there is none. */
    long interval(Slot slot) {
        return Math.max(slot.interval, Math.max(configured, imposed));
    }

    /** A slot has sent something. */
    void left(Slot slot, long now) {
        long interval = interval(slot);
        if (interval > 0) {
            slot.turn().sentAt = now;
            long turn = now + interval;
            if (!turns || turn - nextTurn < 0) {
                nextTurn = turn;
                turns = true;
            }
        }
    }

    /** Whether something has been sent since this was last asked, so that {@link #nextTurn} tells what may come of it. */
    boolean hasTurn() {
        boolean had = turns;
        turns = false;
        return had;
    }

    long nextTurn() {
        return nextTurn;
    }
}
