package tickerplant.market;

/**
 * A node says that it runs a feed, and nobody else is to; it says so again as long as that is so. It changes nothing in the market.
 *
 * @param feed the name of the feed
 * @param node who says it; empty where nobody runs it any more
 * @param term grows with each such change
 * @param ts when it was said, in microseconds since the epoch
 */
public record Tenure(String feed, String node, long term, long ts) implements LogEntry {}
