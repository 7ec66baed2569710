package tickerplant.bus;

import tickerplant.market.LogEntry;

/** Hears the log from some place on: every lane in its order, the lanes in any. Called by one thread at a time. */
@FunctionalInterface
public interface Follower {
    /**
     * The next entry of a lane.
     *
     * @param lane the lane, from 0
     * @param published when it was published, or came here where that was on another machine; in nanoseconds of the clock
     */
    void entered(LogEntry entry, int lane, long published);
}
