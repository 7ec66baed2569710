package tickerplant.market;

/** Which side took the initiative in a trade, where the venue says so. */
public enum Side {
    BUY,
    SELL,
    UNKNOWN
}
