package tickerplant.hub;

import tickerplant.message.Row;

/** Somebody who follows one topic. Called by the market thread, which must not be kept waiting. */
public abstract class Follower {
    private final Topic topic;
    /** Where the topic keeps it, so that leaving needs no search; -1 where it doesn't. */
    private int place = -1;

    protected Follower(Topic topic) {
        this.topic = topic;
    }

    /** What it follows. */
    public final Topic topic() {
        return topic;
    }

    /** Takes the next row of its topic, which it may leave on that occasion. */
    protected abstract void offer(Row row);

    final int place() {
        return place;
    }

    final void place(int newPlace) {
        place = newPlace;
    }
}
