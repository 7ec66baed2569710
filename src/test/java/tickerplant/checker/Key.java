package tickerplant.checker;

import java.util.Map;

/**
 * What has a sequence of its own.
 *
 * @param channel such as {@code ticker}
 * @param symbol the symbol, or {@code *} for the whole market
 * @param interval that of {@code bars}; empty for every other channel
 */
public record Key(String channel, String symbol, String interval) {
    /** What concerns the whole market has this symbol. */
    public static final String MARKET = "*";

    /** The key of a channel without intervals. */
    public static Key of(String channel, String symbol) {
        return new Key(channel, symbol, "");
    }

    /** The key that a row (or a gap) of the channel belongs to. */
    static Key of(String channel, Map<String, Object> row) {
        String symbol = row.get("symbol") instanceof String s ? s : MARKET;
        String interval = row.get("interval") instanceof String s ? s : "";
        return new Key(channel, symbol, interval);
    }

    /** Whether it is the market-wide key of a channel that has one. */
    boolean isMarketWide() {
        return symbol.equals(MARKET) && (channel.equals("news") || channel.equals("status"));
    }

    @Override
    public String toString() {
        return channel + " " + symbol + (interval.isEmpty() ? "" : " " + interval);
    }
}
