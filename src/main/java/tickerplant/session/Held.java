package tickerplant.session;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The slots of one backlog in which something waits although the client would take it, because their rate is limited: in the
 * order in which they may send again. Guarded by the lock of the outbox.
 */
final class Held {
    private final Pace pace;
    private final Consumer<Slot> released;
    // The difference, because the clock's origin is anywhere.
    private final PriorityQueue<Slot> slots = new PriorityQueue<>((a, b) -> Long.signum(a.turn().due - b.turn().due));

    /**
     * No slots yet.
     *
     * @param released takes those that may send
     */
    Held(Pace pace, Consumer<Slot> released) {
        this.pace = pace;
        this.released = released;
    }

    /** Holds a slot in which something begins to wait, if it may not send yet; looks at the clock only for limited ones. */
    boolean holds(Slot slot) {
        long interval = pace.interval(slot);
        if (interval == 0) {
            return false;
        }
        Turn turn = slot.turn();
        turn.due = turn.sentAt + interval;
        if (pace.now() - turn.due >= 0) {
            return false;
        }
        turn.held = true;
        slots.add(slot);
        return true;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    int size() {
        return slots.size();
    }

    /** When the first of them may send; there must be one. */
    long earliest() {
        return slots.element().turn().due;
    }

    /** Releases those that may send by now. */
    void ripen(long now) {
        while (!slots.isEmpty() && now - earliest() >= 0) {
            releaseFirst();
        }
    }

    /** Releases the one that has waited longest for its time, before it. */
    void releaseFirst() {
        release(slots.remove());
    }

    /** Releases all, whatever the time. */
    void releaseAll() {
        while (!slots.isEmpty()) {
            releaseFirst();
        }
    }

    /** Puts them into order again, because their intervals have changed. */
    void retime() {
        List<Slot> all = new ArrayList<>(slots);
        slots.clear();
        for (Slot slot : all) {
            slot.turn().held = false;
            if (!holds(slot)) {
                release(slot);
            }
        }
    }

    /** Takes out some, without releasing them. */
    List<Slot> take(Predicate<Slot> whose) {
        List<Slot> taken = new ArrayList<>();
        slots.removeIf(slot -> {
            boolean takes = whose.test(slot);
            if (takes) {
                slot.turn().held = false;
                taken.add(slot);
            }
            return takes;
        });
        return taken;
    }

    void clear() {
        slots.clear();
    }

    private void release(Slot slot) {
        slot.turn().held = false;
        released.accept(slot);
    }
}
