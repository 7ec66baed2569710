package tickerplant.session;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import tickerplant.message.Row;

/**
 * Lists of rows, one behind the other. Long ones are not copied, because what a client missed may be most of what is
 * remembered, and a thousand clients may have missed the same. Complete before anybody else reads it.
 */
final class JoinedRows extends AbstractList<Row> implements RandomAccess {
    private static final int LONG = 64;

    private final List<List<Row>> parts = new ArrayList<>();
    /** The place behind each part. */
    private int[] ends = {};
    /** The last part, where it is one of our own that short lists are copied to. */
    private List<Row> open = List.of();

    void join(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        int end = size() + rows.size();
        if (rows.size() >= LONG) {
            part(rows);
            open = List.of();
        } else {
            if (open.isEmpty()) {
                open = new ArrayList<>();
                part(open);
            }
            open.addAll(rows);
        }
        ends[parts.size() - 1] = end;
    }

    private void part(List<Row> rows) {
        parts.add(rows);
        ends = parts.size() <= ends.length ? ends : Arrays.copyOf(ends, Math.max(4, 2 * ends.length));
    }

    @Override
    public Row get(int index) {
        Objects.checkIndex(index, size());
        int found = Arrays.binarySearch(ends, 0, parts.size(), index + 1);
        int part = found >= 0 ? found : -found - 1;
        return parts.get(part).get(index - (part == 0 ? 0 : ends[part - 1]));
    }

    @Override
    public int size() {
        return parts.isEmpty() ? 0 : ends[parts.size() - 1];
    }
}
