package tickerplant.feed;

import tickerplant.market.LogEntry;

/** The way into the log, for events that have been validated. Called by each feed's own thread. */
@FunctionalInterface
public interface EventTarget {
    /** Takes an entry; waits while the log is behind, and takes it or is interrupted, never drops it. */
    void publish(LogEntry entry) throws InterruptedException;

    /**
     * Takes an entry that its source has numbered.
     *
     * @param position its number in the source; of a day roll, that of the day
     */
    default void publish(LogEntry entry, long position) throws InterruptedException {
        publish(entry);
    }
}
