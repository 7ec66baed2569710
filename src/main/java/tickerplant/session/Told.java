package tickerplant.session;

/** What is counted of all that one client is sent. */
public enum Told {
    /** Rows of updates and snapshots. */
    ROWS,
    /** Events that its rows stood for besides one each. */
    MERGED,
    /** Gaps. */
    GAPS
}
