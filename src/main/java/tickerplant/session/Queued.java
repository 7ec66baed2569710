package tickerplant.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tickerplant.message.Gap;
import tickerplant.message.Row;

/** Rows that wait one by one, in order, up to a bound; past it the oldest give way to a gap. */
final class Queued implements Backlog {
    private final int bound;
    private final Deque<Row> rows = new ArrayDeque<>();
    /** Whose each of the rows is. */
    private final Deque<Slot> owners = new ArrayDeque<>();

    private final Deque<Slot> gapped = new ArrayDeque<>();

    Queued(int bound) {
        this.bound = bound;
    }

    @Override
    public void add(Slot slot, Row row) {
        rows.add(row);
        owners.add(slot);
        while (rows.size() > bound) {
            drop(owners.remove(), rows.remove());
        }
    }

    /** The rows of a slot are dropped in their order, so what is missing is always one run. */
    private void drop(Slot slot, Row row) {
        long seq = row.update().seq();
        if (slot.gapFrom == 0) {
            slot.gapFrom = seq;
            gapped.add(slot);
        }
        slot.gapTo = seq;
    }

    @Override
    public Optional<Gap> takeGap(Predicate<Slot> whose) {
        for (Iterator<Slot> slots = gapped.iterator(); slots.hasNext(); ) {
            Slot slot = slots.next();
            if (whose.test(slot)) {
                slots.remove();
                long from = slot.gapFrom;
                slot.gapFrom = 0;
                return Optional.of(
                        new Gap(slot.topic().channel(), slot.topic().symbol(), from, slot.gapTo, Gap.Why.SLOW_CLIENT));
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Row> take(int most) {
        List<Row> taken = new ArrayList<>(Math.min(most, rows.size()));
        while (taken.size() < most && !rows.isEmpty()) {
            taken.add(rows.remove());
            owners.remove();
        }
        return taken;
    }

    @Override
    public List<Row> take(Predicate<Slot> whose) {
        List<Row> taken = new ArrayList<>();
        for (int waiting = rows.size(); waiting > 0; waiting--) {
            Slot owner = owners.remove();
            Row row = rows.remove();
            if (whose.test(owner)) {
                taken.add(row);
            } else {
                owners.add(owner);
                rows.add(row);
            }
        }
        return taken;
    }

    @Override
    public boolean isEmpty() {
        return rows.isEmpty() && gapped.isEmpty();
    }

    @Override
    public void clear() {
        rows.clear();
        owners.clear();
        gapped.clear();
    }
}
