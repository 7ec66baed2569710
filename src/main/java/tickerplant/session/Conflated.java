package tickerplant.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tickerplant.message.Gap;
import tickerplant.message.Row;

/**
 * Rows that merge: each waits by itself while only the sender's pause keeps it, up to a bound; for a client that is behind, at
 * most one waits in each slot. A slot in which a row waits merged has none among the fresh. It can't overflow, so it knows no
 * gaps.
 */
final class Conflated implements Backlog {
    private final Fresh fresh = new Fresh();
    /** The slots in which something waits that may leave, the longest waiting first. */
    private final Deque<Slot> slots = new ArrayDeque<>();

    private final Held held;
    private final Pace pace;
    private boolean merges;

    Conflated(Pace pace) {
        this.pace = pace;
        this.held = new Held(pace, slots::add);
    }

    @Override
    public void add(Slot slot, Row row) {
        if (slot.pending != null || pace.interval(slot) > 0) {
            merge(slot, row);
        } else if (fresh.isFull()) {
            addBehind(slot, row);
        } else {
            fresh.add(slot, row);
        }
    }

    @Override
    public void addBehind(Slot slot, Row row) {
        fold();
        merge(slot, row);
    }

    @Override
    public void fold() {
        if (!fresh.isEmpty()) {
            fresh.drain(this::merge);
        }
    }

    private void merge(Slot slot, Row row) {
        if (slot.pending != null) {
            slot.pending = slot.pending.merge(row);
            merges = true;
            return;
        }
        slot.pending = row;
        if (!held.holds(slot)) {
            slots.add(slot);
        }
    }

    @Override
    public Optional<Gap> takeGap(Predicate<Slot> whose) {
        return Optional.empty();
    }

    @Override
    public List<Row> take(int most) {
        merges = false;
        if (slots.isEmpty()) {
            return fresh.take();
        }
        long now = pace.now();
        List<Row> taken = new ArrayList<>(fresh.take());
        while (taken.size() < most && !slots.isEmpty()) {
            taken.add(takeFrom(slots.remove(), now));
        }
        return taken;
    }

    @Override
    public List<Row> take(Predicate<Slot> whose) {
        long now = pace.now();
        List<Row> taken = new ArrayList<>();
        fresh.take(whose, taken);
        slots.removeIf(slot -> {
            boolean takes = whose.test(slot);
            if (takes) {
                taken.add(takeFrom(slot, now));
            }
            return takes;
        });
        held.take(whose).forEach(slot -> taken.add(takeFrom(slot, now)));
        return taken;
    }

    private Row takeFrom(Slot slot, long now) {
        Row row = slot.pending;
        slot.pending = null;
        pace.left(slot, now);
        return row;
    }

    @Override
    public boolean isReady() {
        return !fresh.isEmpty() || !slots.isEmpty();
    }

    @Override
    public boolean isCrowded() {
        return merges && isReady();
    }

    @Override
    public void retime() {
        fold();
        held.retime();
    }

    @Override
    public Held held() {
        return held;
    }

    @Override
    public int size() {
        return fresh.size() + slots.size() + held.size();
    }

    @Override
    public boolean isEmpty() {
        return fresh.isEmpty() && slots.isEmpty() && held.isEmpty();
    }

    @Override
    public void clear() {
        fresh.clear();
        slots.clear();
        held.clear();
    }
}
