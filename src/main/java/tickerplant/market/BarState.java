package tickerplant.market;

/**
 * A bar with what it takes to go on building it. Immutable.
 *
 * @param bar what it is now
 * @param end the first microsecond after it
 * @param toldSeq the sequence at which it was last told; 0 where it never was
 * @param openTs when the trade was that opened it; 0 where it has no price
 * @param closeTs when the latest priced trade was; 0 where it has no price
 */
public record BarState(Bar bar, long end, long toldSeq, long openTs, long closeTs) {}
