package tickerplant.session;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import tickerplant.message.Row;

/**
 * Rows that wait each by itself, in the order in which they came, for a client that takes what it is sent: only the sender's
 * pause keeps them. Guarded by the lock of the outbox.
 */
final class Fresh {
    /** More than gathers in the longest pause at thousands of rows a second; not more than a few dozen kilobytes of text. */
    static final int MOST = 256;

    private static final int FIRST = 8;
    private static final Row[] NO_ROWS = {};
    private static final Slot[] NO_SLOTS = {};

    private Row[] rows = NO_ROWS;
    private Slot[] owners = NO_SLOTS;
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == MOST;
    }

    int size() {
        return count;
    }

    void add(Slot slot, Row row) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, Math.max(Math.max(FIRST, owners.length), count * 2));
        }
        if (count == owners.length) {
            owners = Arrays.copyOf(owners, rows.length);
        }
        rows[count] = row;
        owners[count++] = slot;
    }

    /** Takes all rows out, in order. */
    List<Row> take() {
        List<Row> taken =
                count == rows.length ? Arrays.asList(rows) : Arrays.asList(rows).subList(0, count);
        forget();
        return Collections.unmodifiableList(taken);
    }

    /** Takes out the rows of these slots, in order. */
    void take(Predicate<Slot> whose, List<Row> taken) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (whose.test(owners[i])) {
                taken.add(rows[i]);
            } else {
                rows[kept] = rows[i];
                owners[kept++] = owners[i];
            }
        }
        Arrays.fill(rows, kept, count, null);
        count = kept;
    }

    /** Passes all rows on, in order, and keeps none. */
    void drain(BiConsumer<Slot, Row> to) {
        for (int i = 0; i < count; i++) {
            to.accept(owners[i], rows[i]);
        }
        forget();
    }

    void clear() {
        owners = NO_SLOTS;
        forget();
    }

    private void forget() {
        rows = NO_ROWS;
        count = 0;
    }
}
