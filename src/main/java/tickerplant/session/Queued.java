package tickerplant.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tickerplant.message.Gap;
import tickerplant.message.Row;

/**
 * Rows that wait one by one, in order, up to a bound; past it the oldest give way to a gap. Rows of a slot that is held wait
 * in the slot, and join the others all at once when its time has come; should they fill half of the bound, the longest held
 * leave before their time, because nothing is dropped for a rate.
 */
final class Queued implements Backlog {
    private final int bound;
    private final Pace pace;
    private final Deque<Row> rows = new ArrayDeque<>();
    /** Whose each of the rows is. */
    private final Deque<Slot> owners = new ArrayDeque<>();

    private final Gaps gaps;
    private final Held held;
    private int heldRows;
    /** How many more rows may wait than usual. */
    private int more;

    /**
     * An empty one.
     *
     * @param whyDropped tells, where a row is dropped, whose fault that is
     */
    Queued(int bound, Pace pace, Supplier<Gap.Why> whyDropped) {
        this.bound = bound;
        this.pace = pace;
        this.gaps = new Gaps(whyDropped);
        this.held = new Held(pace, this::release);
    }

    @Override
    public void add(Slot slot, Row row) {
        if (slot.isHeld() || held.holds(slot)) {
            slot.keep(row);
            heldRows++;
            while (heldRows > bound / 2) {
                held.releaseFirst();
            }
        } else {
            append(slot, row);
        }
        while (rows.size() + heldRows > bound + more) {
            long seq = rows.remove().update().seq();
            gaps.add(owners.remove(), seq, seq);
        }
    }

    private void append(Slot slot, Row row) {
        rows.add(row);
        owners.add(slot);
    }

    private void release(Slot slot) {
        heldRows -= slot.rows.size();
        slot.rows.forEach(row -> append(slot, row));
        slot.rows = null;
    }

    /** Who has missed much takes long to read it: a gap right behind a minute that was replayed would make it worth nothing. */
    @Override
    public void follows(int missed) {
        more = Math.max(more, missed);
    }

    @Override
    public Optional<Gap> takeGap(Predicate<Slot> whose) {
        return gaps.take(whose);
    }

    @Override
    public List<Row> take(int most) {
        long now = pace.now();
        List<Row> taken = new ArrayList<>(Math.min(most, rows.size()));
        boolean alone = !rows.isEmpty() && RowMessages.isLoss(rows.peek());
        while (taken.size() < (alone ? 1 : most) && !rows.isEmpty() && RowMessages.isLoss(rows.peek()) == alone) {
            taken.add(rows.remove());
            pace.left(owners.remove(), now);
        }
        more = rows.isEmpty() ? 0 : more;
        return taken;
    }

    @Override
    public List<Row> take(Predicate<Slot> whose) {
        long now = pace.now();
        List<Row> taken = new ArrayList<>();
        for (int waiting = rows.size(); waiting > 0; waiting--) {
            Slot owner = owners.remove();
            Row row = rows.remove();
            if (whose.test(owner)) {
                taken.add(row);
                pace.left(owner, now);
            } else {
                append(owner, row);
            }
        }
        for (Slot slot : held.take(whose)) {
            heldRows -= slot.rows.size();
            taken.addAll(slot.rows);
            slot.rows = null;
            pace.left(slot, now);
        }
        return taken;
    }

    @Override
    public boolean isReady() {
        return !rows.isEmpty() || !gaps.isEmpty();
    }

    @Override
    public boolean isCrowded() {
        return rows.size() > 1;
    }

    @Override
    public Held held() {
        return held;
    }

    @Override
    public int size() {
        return rows.size() + heldRows;
    }

    @Override
    public boolean isEmpty() {
        return rows.isEmpty() && gaps.isEmpty() && held.isEmpty();
    }

    @Override
    public void clear() {
        rows.clear();
        owners.clear();
        gaps.clear();
        held.clear();
        heldRows = 0;
    }
}
