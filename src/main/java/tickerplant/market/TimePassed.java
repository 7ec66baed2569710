package tickerplant.market;

/**
 * As far as the symbols of a feed go, time has reached a moment: bars that end by then are final. It stands in the log like
 * everything else that makes an event, so whoever reads the log closes the same bars at the same place.
 *
 * @param feed the name of the feed
 * @param ts the moment, in microseconds since the epoch
 */
public record TimePassed(String feed, long ts) implements LogEntry {}
