package tickerplant.session;

import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tickerplant.market.Update;
import tickerplant.message.Gap;
import tickerplant.message.Row;

/**
 * Bars that wait. In each slot the newest row takes in the next one as long as both are of one open bar; all others wait in
 * their order, up to a bound, past which the oldest of them give way to a gap. So an open bar costs a slow client at most one
 * row, and a final one is never merged. Rows of a slot that is held wait in the slot, as those of {@link Queued} do.
 */
final class QueuedBars implements Backlog {
    /** A row that waits; a later one may be merged into it while it is the newest of its slot. */
    static final class Waiting {
        private final Slot slot;
        private Row row;

        private Waiting(Slot slot, Row row) {
            this.slot = slot;
            this.row = row;
        }
    }

    private final int bound;
    private final Pace pace;
    /** All that may leave, the longest waiting first. */
    private final Set<Waiting> rows = new LinkedHashSet<>();
    /** Those of them that are followed by another row of their slot, in the order in which they came to be. */
    private final Set<Waiting> followed = new LinkedHashSet<>();

    private final Gaps gaps;
    private final Held held;
    /** How many rows of held slots are followed by another of their slot. */
    private int heldFollowed;

    private boolean merges;

    /**
     * An empty one.
     *
     * @param bound how many rows may wait that another of their slot follows
     * @param whyDropped tells, where a row is dropped, whose fault that is
     */
    QueuedBars(int bound, Pace pace, Supplier<Gap.Why> whyDropped) {
        this.bound = bound;
        this.pace = pace;
        this.gaps = new Gaps(whyDropped);
        this.held = new Held(pace, this::release);
    }

    @Override
    public void add(Slot slot, Row row) {
        if (slot.isHeld() || (slot.newest == null && held.holds(slot))) {
            keep(slot, row);
            while (heldFollowed > bound / 2) {
                held.releaseFirst();
            }
        } else {
            append(slot, row);
        }
        while (followed.size() + heldFollowed > bound) {
            drop(followed.iterator().next());
        }
    }

    private void keep(Slot slot, Row row) {
        Row newest = slot.rows == null ? null : slot.rows.getLast();
        if (newest != null && newest.mayMerge(row)) {
            slot.rows.removeLast();
            slot.keep(newest.merge(row));
            return;
        }
        heldFollowed += newest == null ? 0 : 1;
        slot.keep(row);
    }

    private void append(Slot slot, Row row) {
        Waiting newest = slot.newest;
        if (newest != null && newest.row.mayMerge(row)) {
            newest.row = newest.row.merge(row);
            merges = true;
            return;
        }
        if (newest != null) {
            followed.add(newest);
        }
        slot.newest = new Waiting(slot, row);
        rows.add(slot.newest);
    }

    private void release(Slot slot) {
        Deque<Row> released = slot.rows;
        slot.rows = null;
        heldFollowed -= released.size() - 1;
        released.forEach(row -> append(slot, row));
    }

    /** Of one slot, rows come to be followed in their order, so what is missing is always one run. */
    private void drop(Waiting oldest) {
        remove(oldest);
        rows.remove(oldest);
        Update update = oldest.row.update();
        gaps.add(oldest.slot, update.seq() - update.n() + 1, update.seq());
    }

    @Override
    public Optional<Gap> takeGap(Predicate<Slot> whose) {
        return gaps.take(whose);
    }

    @Override
    public List<Row> take(int most) {
        merges = false;
        long now = pace.now();
        List<Row> taken = new ArrayList<>(Math.min(most, rows.size()));
        for (Iterator<Waiting> waiting = rows.iterator(); taken.size() < most && waiting.hasNext(); ) {
            Waiting next = waiting.next();
            waiting.remove();
            remove(next);
            taken.add(next.row);
            pace.left(next.slot, now);
        }
        return taken;
    }

    @Override
    public List<Row> take(Predicate<Slot> whose) {
        long now = pace.now();
        List<Row> taken = new ArrayList<>();
        rows.removeIf(waiting -> {
            boolean takes = whose.test(waiting.slot);
            if (takes) {
                remove(waiting);
                taken.add(waiting.row);
                pace.left(waiting.slot, now);
            }
            return takes;
        });
        for (Slot slot : held.take(whose)) {
            heldFollowed -= slot.rows.size() - 1;
            taken.addAll(slot.rows);
            slot.rows = null;
            pace.left(slot, now);
        }
        return taken;
    }

    /** Forgets a row wherever it stands but among those that may leave. */
    @SuppressWarnings("ReferenceEquality") // which one it is, not what it says
    private void remove(Waiting waiting) {
        followed.remove(waiting);
        if (waiting.slot.newest == waiting) {
            waiting.slot.newest = null;
        }
    }

    @Override
    public boolean isReady() {
        return !rows.isEmpty() || !gaps.isEmpty();
    }

    @Override
    public boolean isCrowded() {
        return (merges && !rows.isEmpty()) || followed.size() > 1;
    }

    @Override
    public Held held() {
        return held;
    }

    @Override
    public int size() {
        return rows.size() + held.size() + heldFollowed;
    }

    @Override
    public boolean isEmpty() {
        return rows.isEmpty() && gaps.isEmpty() && held.isEmpty();
    }

    @Override
    public void clear() {
        rows.clear();
        followed.clear();
        gaps.clear();
        held.clear();
        heldFollowed = 0;
    }
}
