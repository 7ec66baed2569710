package tickerplant.feed.venue;

import tickerplant.market.Side;

/** Words that venues share. */
final class Words {
    private Words() {}

    /** Who took the initiative, by the name of his side. */
    static Side side(String word) {
        return switch (word) {
            case "buy" -> Side.BUY;
            case "sell" -> Side.SELL;
            default -> Side.UNKNOWN;
        };
    }
}
