package tickerplant.service;

import tickerplant.bus.Origin;
import tickerplant.feed.EventTarget;
import tickerplant.market.LogEntry;

/** The way of a feed's entries into a log that many nodes share: each says where it comes from. Any thread. */
final class SharedTarget implements EventTarget {
    /** A log, or what comes before it. */
    interface Log {
        /** Takes an entry; waits while too much is under way. */
        void publish(LogEntry entry, Origin origin) throws InterruptedException;
    }

    private final String feed;
    private final Log log;

    SharedTarget(String feed, Log log) {
        this.feed = feed;
        this.log = log;
    }

    @Override
    public void publish(LogEntry entry) throws InterruptedException {
        log.publish(entry, Origin.NONE);
    }

    @Override
    public void publish(LogEntry entry, long position) throws InterruptedException {
        log.publish(entry, SharedOrigin.of(feed, entry, position));
    }
}
