package tickerplant.market;

import static tickerplant.market.Decimal.ABSENT;

/**
 * The figures of a bar as its trades are folded in, in the order of the log. A trade that comes late finds its place by its
 * time: it opens the bar only if it is earlier than every other, and closes it only if none is later. Changed by the market
 * thread alone.
 */
final class BarFigures {
    private long open = ABSENT;
    private long openTs;
    private long high = ABSENT;
    private long low = ABSENT;
    private long close = ABSENT;
    private long closeTs;
    private long volume;
    private long turnoverHigh;
    private long turnoverLow;
    private long trades;

    BarFigures() {}

    /** The same figures, to go on by themselves. */
    BarFigures(BarFigures other) {
        open = other.open;
        openTs = other.openTs;
        high = other.high;
        low = other.low;
        close = other.close;
        closeTs = other.closeTs;
        volume = other.volume;
        turnoverHigh = other.turnoverHigh;
        turnoverLow = other.turnoverLow;
        trades = other.trades;
    }

    /** The figures of a bar as it was before a restart. */
    BarFigures(BarState state) {
        Bar bar = state.bar();
        open = bar.open();
        openTs = state.openTs();
        high = bar.high();
        low = bar.low();
        close = bar.close();
        closeTs = state.closeTs();
        volume = bar.volume();
        turnoverHigh = bar.turnover().high();
        turnoverLow = bar.turnover().low();
        trades = bar.trades();
    }

    void add(Trade trade) {
        long price = trade.price();
        long size = trade.size();
        volume += size;
        trades++;
        long sum = turnoverLow + price * size;
        turnoverHigh += Math.multiplyHigh(price, size) + (Long.compareUnsigned(sum, turnoverLow) < 0 ? 1 : 0);
        turnoverLow = sum;
        if (trade.movesLast()) {
            move(price, trade.ts());
        }
    }

    private void move(long price, long ts) {
        if (open == ABSENT) {
            open = price;
            openTs = ts;
            high = price;
            low = price;
            close = price;
            closeTs = ts;
            return;
        }
        high = Math.max(high, price);
        low = Math.min(low, price);
        if (ts < openTs) {
            open = price;
            openTs = ts;
        }
        if (ts >= closeTs) {
            close = price;
            closeTs = ts;
        }
    }

    boolean hasPrice() {
        return open != ABSENT;
    }

    long openTs() {
        return openTs;
    }

    long closeTs() {
        return closeTs;
    }

    boolean isEmpty() {
        return trades == 0;
    }

    long volume() {
        return volume;
    }

    Bar bar(long start, boolean isFinal) {
        return new Bar(start, open, high, low, close, volume, new Turnover(turnoverHigh, turnoverLow), trades, isFinal);
    }
}
