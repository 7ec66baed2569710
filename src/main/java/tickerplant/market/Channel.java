package tickerplant.market;

/** A kind of information that can be followed. Each event takes one sequence in every channel that it belongs to. */
public enum Channel {
    /** The last values of a symbol: trade, quote, and the day's figures; conflates. */
    TICKER(true),
    /** Every trade, never conflated. */
    TRADES(false),
    /** The phase that trading is in; conflates. */
    STATUS(true),
    /** Every news item, never conflated. */
    NEWS(false);

    private final boolean conflates;

    Channel(boolean conflates) {
        this.conflates = conflates;
    }

    /** Whether a waiting update is merged with a newer one of its key. */
    public boolean conflates() {
        return conflates;
    }
}
