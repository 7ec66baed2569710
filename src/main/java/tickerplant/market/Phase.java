package tickerplant.market;

/** What trading in an instrument is doing. */
public enum Phase {
    PRE,
    OPEN,
    HALTED,
    AUCTION,
    POST,
    CLOSED
}
