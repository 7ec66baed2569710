package tickerplant.session;

import java.util.ArrayDeque;
import java.util.Deque;
import tickerplant.hub.Follower;
import tickerplant.hub.Topic;
import tickerplant.message.Gap;
import tickerplant.message.Row;

/**
 * One client's place in one topic. What waits in it belongs to the backlog that it waits in; all of it is guarded by the lock
 * of the outbox.
 */
final class Slot extends Follower {
    private final Outbox outbox;
    /** The shortest time between two of its rows that its subscriptions ask for, in nanoseconds; 0 for none. */
    long interval;
    /** When it last sent something while its rate was limited. */
    long sentAt;
    /** While it is held: since when it may send again. */
    long due;

    boolean held;

    /** Where the channel conflates: all that waits, as one row; otherwise, and where nothing waits, null. */
    Row pending;
    /** Where it doesn't: what waits for its time; null where nothing does. */
    Deque<Row> rows;
    /** Where it doesn't: the run of sequences that were dropped; {@code gapFrom} is 0 where there is none. */
    long gapFrom;

    long gapTo;
    Gap.Why gapWhy = Gap.Why.SLOW_CLIENT;

    Slot(Topic topic, Outbox outbox) {
        super(topic);
        this.outbox = outbox;
        this.sentAt = outbox.longAgo();
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
