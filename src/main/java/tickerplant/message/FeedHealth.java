package tickerplant.message;

/** How a feed is, from best to worst. */
public enum FeedHealth {
    /** Events happen now. */
    LIVE,
    /** Recorded events are played again. */
    REPLAY,
    /** Nothing has come for longer than expected. */
    STALE,
    /** There is no source. */
    DOWN
}
