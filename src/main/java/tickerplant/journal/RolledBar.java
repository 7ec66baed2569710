package tickerplant.journal;

import static tickerplant.market.Decimal.ABSENT;

import tickerplant.market.Bar;
import tickerplant.market.Turnover;

/** A bar made of shorter ones, which are added in the order of their start. For one thread. */
final class RolledBar {
    private final long start;
    private long open = ABSENT;
    private long high = ABSENT;
    private long low = ABSENT;
    private long close = ABSENT;
    private long volume;
    private Turnover turnover = Turnover.NONE;
    private long trades;
    private boolean isFinal = true;
    private boolean isEmpty = true;

    RolledBar(long start) {
        this.start = start;
    }

    long start() {
        return start;
    }

    boolean isEmpty() {
        return isEmpty;
    }

    void add(Bar bar) {
        isEmpty = false;
        if (bar.hasPrice()) {
            open = open == ABSENT ? bar.open() : open;
            high = high == ABSENT ? bar.high() : Math.max(high, bar.high());
            low = low == ABSENT ? bar.low() : Math.min(low, bar.low());
            close = bar.close();
        }
        volume += bar.volume();
        turnover = turnover.plus(bar.turnover());
        trades += bar.trades();
        isFinal &= bar.isFinal();
    }

    Bar bar() {
        return new Bar(start, open, high, low, close, volume, turnover, trades, isFinal);
    }
}
