package tickerplant.market;

/**
 * What stands in the log: what happened at a venue, and that time has passed. All that the market does follows from the
 * entries and their order. Immutable.
 */
public sealed interface LogEntry permits Event, TimePassed, FeedState, Tenure {
    /** When, in microseconds since the epoch. */
    long ts();
}
