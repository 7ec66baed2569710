package tickerplant.market;

/**
 * How a feed is doing, as whoever runs it says every second. It changes nothing in the market, but who follows the log far from
 * the feed knows by it whether silence means that nothing happens.
 *
 * @param feed the name of the feed
 * @param isReplay whether its events are recorded ones
 * @param state what it is doing, in the feed's own words
 * @param ageMillis milliseconds since its last event; {@link Decimal#ABSENT} where there was none
 * @param ts when it was said, in microseconds since the epoch
 */
public record FeedState(String feed, boolean isReplay, String state, long ageMillis, long ts) implements LogEntry {}
