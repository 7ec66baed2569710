package tickerplant.market;

import static tickerplant.market.Decimal.ABSENT;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The figures of a symbol's trading day, from its trades alone. Immutable. A price that there is none of is
 * {@link Decimal#ABSENT}.
 *
 * @param last price of the last trade that may move it, in price steps; it outlives the day
 * @param lastSize size of that trade, in size steps
 * @param open first such price of the day
 * @param high highest such price of the day
 * @param low lowest such price of the day
 * @param prevClose the last price of the day before
 * @param volume sum of the day's trade sizes
 * @param trades number of the day's trades
 */
public record Day(long last, long lastSize, long open, long high, long low, long prevClose, long volume, long trades) {

    /** The figures before the first trade. */
    public static Day starting(long prevClose) {
        return new Day(ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, prevClose, 0, 0);
    }

    /** Whether one more trade keeps the volume below {@link Decimal#LIMIT}. */
    boolean hasRoomFor(Trade trade) {
        return volume + trade.size() < Decimal.LIMIT;
    }

    /** The figures after one more trade; what it may not move stays (see {@link Condition#movesLast}). */
    public Day with(Trade trade) {
        long volumeAfter = volume + trade.size();
        if (!trade.movesLast()) {
            return new Day(last, lastSize, open, high, low, prevClose, volumeAfter, trades + 1);
        }
        long price = trade.price();
        return new Day(
                price,
                trade.size(),
                open == ABSENT ? price : open,
                high == ABSENT ? price : Math.max(high, price),
                low == ABSENT ? price : Math.min(low, price),
                prevClose,
                volumeAfter,
                trades + 1);
    }

    /** The figures at the start of the next day: the last price becomes the previous close. */
    public Day next() {
        return new Day(last, lastSize, ABSENT, ABSENT, ABSENT, last == ABSENT ? prevClose : last, 0, 0);
    }

    /** The same figures, with the close of the day before. */
    Day after(long close) {
        return new Day(last, lastSize, open, high, low, close, volume, trades);
    }

    /** How far the last price is from the previous close, or {@link Decimal#ABSENT} where one of them is. */
    public long change() {
        return last == ABSENT || prevClose == ABSENT ? ABSENT : last - prevClose;
    }

    /** The change in per cent, rounded half up to 2 decimals; empty where there is none. */
    public Optional<BigDecimal> changePercent() {
        return change() == ABSENT || prevClose <= 0
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(change())
                        .movePointRight(2)
                        .divide(BigDecimal.valueOf(prevClose), 2, RoundingMode.HALF_UP));
    }
}
