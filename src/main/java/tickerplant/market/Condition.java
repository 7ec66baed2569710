package tickerplant.market;

/** A sale condition: what was special about a trade. */
public enum Condition {
    /** Smaller than a round lot: counts in volume, not in last, high and low. */
    ODD_LOT(false),
    /** Outside regular hours: counts in volume, not in last, high and low. */
    EXTENDED(false),
    /** Part of an order that swept several markets at once. */
    INTERMARKET_SWEEP(true),
    /** Exempt from the rule against trading through a better price elsewhere. */
    TRADE_THROUGH_EXEMPT(true),
    /** The one price of an auction. */
    SINGLE_PRICE_CROSS(true);

    private final boolean movesLast;

    Condition(boolean movesLast) {
        this.movesLast = movesLast;
    }

    /** Whether a trade with this condition may move last, high and low. */
    public boolean movesLast() {
        return movesLast;
    }
}
