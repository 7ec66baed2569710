package tickerplant.market;

/**
 * A trade, or several in a row, that the venue made and that nobody here will ever hear of: what a feed tells when it sees a
 * hole that it can't fill.
 *
 * @param symbol the instrument
 * @param ts when the hole was seen, in microseconds since the epoch
 */
public record Loss(Symbol symbol, long ts) implements Event {}
