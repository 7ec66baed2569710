package tickerplant.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import tickerplant.message.Message;

/** What must be told in its turn, and about how much of it there is. Guarded by the lock of its outbox. */
final class Replies {
    private final Deque<Message> waiting = new ArrayDeque<>();
    private long weight;

    void add(Message message) {
        waiting.add(message);
        weight += message.weight();
    }

    Optional<Message> take() {
        Optional<Message> next = Optional.ofNullable(waiting.poll());
        next.ifPresent(message -> weight -= message.weight());
        return next;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** About how many bytes wait, what they share with others not counted. */
    long weight() {
        return weight;
    }

    void clear() {
        waiting.clear();
        weight = 0;
    }
}
