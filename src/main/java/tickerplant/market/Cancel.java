package tickerplant.market;

/**
 * A trade is taken back by its venue (a trade break).
 *
 * @param symbol the instrument
 * @param tradeId the {@link Trade#id} of the trade that never was
 * @param ts when it was taken back, in microseconds since the epoch
 */
public record Cancel(Symbol symbol, String tradeId, long ts) implements Event {}
