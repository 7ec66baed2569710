package tickerplant.feed;

import java.util.Optional;
import tickerplant.market.Event;
import tickerplant.market.Instrument;

/** Takes what a feed has to tell. Called by one thread at a time, which is the feed's own unless the feed says otherwise. */
public interface FeedSink {
    /** One that nobody listens to: where a source is read for what else is in it. */
    FeedSink NOBODY = new FeedSink() {
        @Override
        public void event(Event event) {
            // nobody hears it
        }

        @Override
        public void damaged(String place, String reason) {
            // nobody hears it
        }
    };

    /** An event; waits while the service is behind, so that a replay at full speed is held back and never dropped. */
    void event(Event event) throws InterruptedException;

    /**
     * An event of a source that numbers what it tells.
     *
     * @param position its number, positive; it grows from event to event, and is the same whenever, and by whomever, the event is
     *     told
     */
    default void event(Event event, long position) throws InterruptedException {
        event(event);
    }

    /**
     * An instrument of the feed is listed already, and may be told about.
     *
     * @param ts when its last event was, in microseconds since the epoch; {@link tickerplant.market.Decimal#ABSENT} where there was none
     */
    default void knows(Instrument instrument, long ts) {
        // whoever doesn't ask for listings needn't know
    }

    /** The source is there, though it has nothing to tell: what a venue's heartbeat says. */
    default void alive() {
        // an event says it as well
    }

    /**
     * An event, for a feed that has to answer whoever sent it.
     *
     * @return what was wrong with it, beginning with the field's name; empty where it was taken
     */
    default Optional<String> offer(Event event) throws InterruptedException {
        event(event);
        return Optional.empty();
    }

    /** The same of a source that numbers what it tells. */
    default Optional<String> offer(Event event, long position) throws InterruptedException {
        return offer(event);
    }

    /**
     * A part of the source that can't be read: counted, logged, and skipped.
     *
     * @param place where, such as {@code packet 17 at byte 20481}
     * @param reason what was wrong with it
     */
    void damaged(String place, String reason);
}
