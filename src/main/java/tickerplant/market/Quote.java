package tickerplant.market;

/**
 * The top of the book: best bid and ask with their sizes. A side that nobody quotes has {@link Decimal#ABSENT} as price
 * and as size.
 *
 * @param symbol the instrument
 * @param bidPrice in price steps
 * @param bidSize in size steps
 * @param askPrice in price steps
 * @param askSize in size steps
 * @param ts when, in microseconds since the epoch
 */
public record Quote(Symbol symbol, long bidPrice, long bidSize, long askPrice, long askSize, long ts)
        implements Event {}
