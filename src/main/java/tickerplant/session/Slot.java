package tickerplant.session;

import tickerplant.hub.Follower;
import tickerplant.hub.Topic;
import tickerplant.message.Row;

/** One client's place in one topic. What waits in it belongs to the backlog that it waits in. */
final class Slot extends Follower {
    private final Outbox outbox;
    /** Where the channel conflates: all that waits, as one row; otherwise, and where nothing waits, null. */
    Row pending;
    /** Where it doesn't: the run of sequences that were dropped; {@code gapFrom} is 0 where there is none. */
    long gapFrom;

    long gapTo;

    Slot(Topic topic, Outbox outbox) {
        super(topic);
        this.outbox = outbox;
    }

    @Override
    protected void offer(Row row) {
        outbox.offer(this, row);
    }
}
