package tickerplant.feed.venue;

import java.math.BigDecimal;

/**
 * The best prices of a symbol, as its venue tells them. A price of 0 is a side that nobody quotes.
 *
 * @param code the symbol in the venue's words
 * @param bid price
 * @param bidSize for how much
 * @param ask price
 * @param askSize for how much
 * @param ts when, in microseconds since the epoch; 0 where the venue does not say
 */
record Top(String code, BigDecimal bid, BigDecimal bidSize, BigDecimal ask, BigDecimal askSize, long ts) {
    /** Whether nothing but the time is another. */
    boolean tellsTheSameAs(Top other) {
        return bid.compareTo(other.bid) == 0
                && bidSize.compareTo(other.bidSize) == 0
                && ask.compareTo(other.ask) == 0
                && askSize.compareTo(other.askSize) == 0;
    }
}
