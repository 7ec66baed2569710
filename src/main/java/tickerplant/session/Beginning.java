package tickerplant.session;

/** How a subscription begins, for symbols of which the client knows nothing. */
public enum Beginning {
    /** By a snapshot. */
    SNAPSHOT,
    /** By the sequence alone; the first row is the next change. */
    POSITION
}
