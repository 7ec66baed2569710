package tickerplant.session;

import java.util.ArrayDeque;
import java.util.Deque;
import tickerplant.hub.Follower;
import tickerplant.hub.Topic;
import tickerplant.message.Row;

/**
 * One client's place in one topic. What waits in it belongs to the backlog that it waits in; all of it is guarded by the lock
 * of the outbox.
 */
final class Slot extends Follower {
    private final Outbox outbox;
    /** The shortest time between two of its rows that its subscriptions ask for, in nanoseconds; 0 for none. */
    long interval;
    /** Where the channel conflates: all that waits, as one row; otherwise, and where nothing waits, null. */
    Row pending;
    /** Where it doesn't: what waits for its time; null where nothing does. */
    Deque<Row> rows;
    /** Where it doesn't: what was dropped; null where nothing was. */
    Dropped dropped;
    /** In a channel of bars: the newest that may leave, into which the next may be merged; null where there is none. */
    QueuedBars.Waiting newest;
    // In an object of its own, because most slots have no rate, and a small slot is offered a row faster.
    private Turn turn;

    Slot(Topic topic, Outbox outbox) {
        super(topic);
        this.outbox = outbox;
    }

    /** When it may send; for slots of a limited rate. */
    Turn turn() {
        if (turn == null) {
            turn = new Turn(outbox.longAgo());
        }
        return turn;
    }

    boolean isHeld() {
        return turn != null && turn.held;
    }

    /** Makes a row wait for the slot's time. */
    void keep(Row row) {
        if (rows == null) {
            rows = new ArrayDeque<>(2);
        }
        rows.add(row);
    }

    @Override
    protected void offer(Row row) {
        outbox.offer(this, row);
    }
}
