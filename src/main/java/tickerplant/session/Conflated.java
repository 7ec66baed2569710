package tickerplant.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tickerplant.message.Gap;
import tickerplant.message.Row;

/** Rows that wait merged: at most one in each slot. It can't overflow, so it knows no gaps. */
final class Conflated implements Backlog {
    /** The slots in which something waits, the longest waiting first. */
    private final Deque<Slot> slots = new ArrayDeque<>();

    @Override
    public void add(Slot slot, Row row) {
        if (slot.pending == null) {
            slot.pending = row;
            slots.add(slot);
        } else {
            slot.pending = slot.pending.merge(row);
        }
    }

    @Override
    public Optional<Gap> takeGap(Predicate<Slot> whose) {
        return Optional.empty();
    }

    @Override
    public List<Row> take(int most) {
        List<Row> taken = new ArrayList<>(Math.min(most, slots.size()));
        while (taken.size() < most && !slots.isEmpty()) {
            taken.add(takeFrom(slots.remove()));
        }
        return taken;
    }

    @Override
    public List<Row> take(Predicate<Slot> whose) {
        List<Row> taken = new ArrayList<>();
        slots.removeIf(slot -> {
            boolean takes = whose.test(slot);
            if (takes) {
                taken.add(takeFrom(slot));
            }
            return takes;
        });
        return taken;
    }

    private static Row takeFrom(Slot slot) {
        Row row = slot.pending;
        slot.pending = null;
        return row;
    }

    @Override
    public boolean isEmpty() {
        return slots.isEmpty();
    }

    @Override
    public void clear() {
        slots.clear();
    }
}
