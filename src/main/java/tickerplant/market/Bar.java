package tickerplant.market;

import static tickerplant.market.Decimal.ABSENT;

/**
 * What was traded in one interval of time. Trades that may not move a price (see {@link Condition#movesLast}) count in
 * volume, turnover and trades alone; a bar all of whose priced trades were taken back has no prices left. Immutable.
 *
 * @param start of the interval, in microseconds since the epoch
 * @param open price of its earliest trade in price steps, or {@link Decimal#ABSENT} like the other three
 * @param high highest price
 * @param low lowest price
 * @param close price of its latest trade
 * @param volume sum of the trades' sizes in size steps
 * @param turnover sum of price times size over all trades
 * @param trades number of trades
 * @param isFinal whether the interval is over; a late trade or a trade taken back may correct the bar all the same
 */
public record Bar(
        long start,
        long open,
        long high,
        long low,
        long close,
        long volume,
        Turnover turnover,
        long trades,
        boolean isFinal) {

    /** The same bar as it was before its interval was over. */
    Bar opened() {
        return new Bar(start, open, high, low, close, volume, turnover, trades, false);
    }

    /** Whether any trade gave it a price. */
    public boolean hasPrice() {
        return open != ABSENT;
    }
}
