package tickerplant.session;

import java.util.function.Consumer;
import tickerplant.hub.Topic;

/**
 * One client's slots in one channel, by their topics. A hash table without nodes, because a client that follows everything has
 * a hundred thousand of them: 8 to 16 bytes each. Owned by the market thread.
 */
final class Slots {
    private static final int LEAST = 8;
    private static final Slot[] NONE = {};

    /** Each at its topic's place or after it, with no free place between; its length is a power of two, or 0. */
    private Slot[] table = NONE;

    private int size;

    int size() {
        return size;
    }

    boolean has(Topic topic) {
        return size > 0 && table[find(topic)] != null;
    }

    /** The slot of a topic; null where there is none. */
    Slot of(Topic topic) {
        return size == 0 ? null : table[find(topic)];
    }

    /** Adds the slot of a topic that has none. */
    void add(Slot slot) {
        if (2 * (size + 1) > table.length) {
            grow();
        }
        table[find(slot.topic())] = slot;
        size++;
    }

    private void grow() {
        Slot[] before = table;
        table = new Slot[Math.max(LEAST, 2 * before.length)];
        for (Slot slot : before) {
            if (slot != null) {
                table[find(slot.topic())] = slot;
            }
        }
    }

    /** Removes the slot of a topic, and answers it; null where there is none. */
    Slot remove(Topic topic) {
        if (size == 0) {
            return null;
        }
        int free = find(topic);
        Slot removed = table[free];
        if (removed == null) {
            return null;
        }
        size--;
        if (size == 0) {
            table = NONE;
            return removed;
        }
        // What stands behind it and would stand here if it could moves up, so that no search ends too early.
        for (int at = next(free); table[at] != null; at = next(at)) {
            int place = place(table[at].topic());
            if (((at - place) & (table.length - 1)) >= ((at - free) & (table.length - 1))) {
                table[free] = table[at];
                free = at;
            }
        }
        table[free] = null;
        return removed;
    }

    void forEach(Consumer<Slot> action) {
        for (Slot slot : table) {
            if (slot != null) {
                action.accept(slot);
            }
        }
    }

    /** Where the slot of a topic is, or would be. */
    @SuppressWarnings("ReferenceEquality") // a topic is what it is, and has no equal
    private int find(Topic topic) {
        int at = place(topic);
        while (table[at] != null && table[at].topic() != topic) {
            at = next(at);
        }
        return at;
    }

    private int next(int at) {
        return (at + 1) & (table.length - 1);
    }

    /** Symbols that were listed one after the other are scattered, or ranges of them would run into each other. */
    private int place(Topic topic) {
        return (topic.listing().index() * 0x9E3779B9) >>> (Integer.numberOfLeadingZeros(table.length) + 1);
    }
}
