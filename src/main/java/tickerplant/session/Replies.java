package tickerplant.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import tickerplant.message.Message;

/** What must be told in its turn, and about how much of it there is. Guarded by the lock of its outbox. */
final class Replies {
    private final Deque<Message> waiting = new ArrayDeque<>();
    /** The heaviest that waits, then the heaviest of those behind it, and so on to the last. */
    private final Deque<Message> heaviest = new ArrayDeque<>();

    private long weight;

    void add(Message message) {
        waiting.add(message);
        weight += message.weight();
        while (!heaviest.isEmpty() && heaviest.peekLast().weight() < message.weight()) {
            heaviest.removeLast();
        }
        heaviest.add(message);
    }

    Optional<Message> take() {
        Optional<Message> next = Optional.ofNullable(waiting.poll());
        next.ifPresent(this::forget);
        return next;
    }

    private void forget(Message message) {
        weight -= message.weight();
        if (heaviest.peek() == message) {
            heaviest.remove();
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * About how many bytes wait besides the longest answer, what they share with others not counted. One answer may be as long
     * as its request made it; only what a client adds to it can be too much.
     */
    long weightBesidesTheHeaviest() {
        return heaviest.isEmpty() ? 0 : weight - heaviest.peek().weight();
    }

    void clear() {
        waiting.clear();
        heaviest.clear();
        weight = 0;
    }
}
