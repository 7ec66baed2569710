package tickerplant.market;

/**
 * A new trading day begins for an instrument: the last close becomes the previous close, and the day's figures start
 * anew.
 *
 * @param symbol the instrument
 * @param ts when, in microseconds since the epoch
 */
public record DayRoll(Symbol symbol, long ts) implements Event {}
