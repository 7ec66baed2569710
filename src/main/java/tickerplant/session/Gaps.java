package tickerplant.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tickerplant.message.Gap;

/** The slots of a backlog whose rows were dropped and whose clients have not heard of it yet. Guarded by the outbox's lock. */
final class Gaps {
    private final Supplier<Gap.Why> why;
    private final Deque<Slot> slots = new ArrayDeque<>();

    /**
     * None.
     *
     * @param why tells, where something is dropped, whose fault that is
     */
    Gaps(Supplier<Gap.Why> why) {
        this.why = why;
    }

    /** These sequences of a slot were dropped. They are dropped in their order, so what is missing is always one run. */
    void add(Slot slot, long from, long to) {
        if (slot.dropped == null) {
            slot.dropped = new Dropped(from, why.get());
            slots.add(slot);
        }
        slot.dropped.add(to, why.get());
    }

    /** The one that has waited longest of such slots. */
    Optional<Gap> take(Predicate<Slot> whose) {
        for (Iterator<Slot> each = slots.iterator(); each.hasNext(); ) {
            Slot slot = each.next();
            if (whose.test(slot)) {
                each.remove();
                Gap gap = slot.dropped.of(slot);
                slot.dropped = null;
                return Optional.of(gap);
            }
        }
        return Optional.empty();
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    void clear() {
        slots.clear();
    }
}
