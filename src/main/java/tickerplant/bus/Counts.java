package tickerplant.bus;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A count for each kind of something. One thread at a time adds, any may read, and neither waits for the other: an addition
 * costs no more than that of an ordinary number.
 */
public final class Counts<E extends Enum<E>> {
    private final AtomicLongArray counts;

    /** Nothing has been counted yet. */
    public Counts(Class<E> kinds) {
        counts = new AtomicLongArray(kinds.getEnumConstants().length);
    }

    /** So many more; fewer where it is negative. For one thread at a time. */
    public void add(E kind, long more) {
        int place = place(kind);
        counts.setOpaque(place, counts.getPlain(place) + more);
    }

    /** How many of a kind there are. */
    public long of(E kind) {
        return counts.getOpaque(place(kind));
    }

    @SuppressWarnings("EnumOrdinal") // the place never leaves the process
    private int place(E kind) {
        return kind.ordinal();
    }
}
