package tickerplant.journal;

import static tickerplant.market.Decimal.ABSENT;

import java.math.BigInteger;
import tickerplant.market.Bar;
import tickerplant.market.Instrument;
import tickerplant.market.Turnover;

/**
 * A bar made of shorter ones, which are added in the order of their start. Where those are counted in different steps, it is in
 * the finest of them. For one thread.
 */
final class RolledBar {
    private final long start;
    private Instrument instrument;
    private long open = ABSENT;
    private long high = ABSENT;
    private long low = ABSENT;
    private long close = ABSENT;
    private long volume;
    private Turnover turnover = Turnover.NONE;
    private long trades;
    private boolean isFinal = true;
    private boolean isEmpty = true;

    RolledBar(long start, Instrument instrument) {
        this.start = start;
        this.instrument = instrument;
    }

    long start() {
        return start;
    }

    /** In whose steps it is by now. */
    Instrument instrument() {
        return instrument;
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /**
     * One more.
     *
     * @throws ArithmeticException where it can't be counted in the finest steps
     */
    void add(Bar shorter, Instrument of) {
        isEmpty = false;
        Bar bar = of.equals(instrument) ? shorter : inOneStep(shorter, of);
        if (bar.hasPrice()) {
            open = open == ABSENT ? bar.open() : open;
            high = high == ABSENT ? bar.high() : Math.max(high, bar.high());
            low = low == ABSENT ? bar.low() : Math.min(low, bar.low());
            close = bar.close();
        }
        volume = Math.addExact(volume, bar.volume());
        turnover = turnover.plus(bar.turnover());
        trades += bar.trades();
        isFinal &= bar.isFinal();
    }

    private Bar inOneStep(Bar bar, Instrument of) {
        Instrument finest = instrument.in(
                Math.max(instrument.priceDecimals(), of.priceDecimals()),
                Math.max(instrument.sizeDecimals(), of.sizeDecimals()));
        if (!finest.equals(instrument)) {
            Bar mine = inSteps(bar(), instrument, finest);
            instrument = finest;
            open = mine.open();
            high = mine.high();
            low = mine.low();
            close = mine.close();
            volume = mine.volume();
            turnover = mine.turnover();
        }
        return inSteps(bar, of, finest);
    }

    private static Bar inSteps(Bar bar, Instrument from, Instrument to) {
        int prices = to.priceDecimals() - from.priceDecimals();
        int sizes = to.sizeDecimals() - from.sizeDecimals();
        BigInteger sum = bar.turnover().exactly().multiply(BigInteger.TEN.pow(prices + sizes));
        return new Bar(
                bar.start(),
                steps(bar.open(), prices),
                steps(bar.high(), prices),
                steps(bar.low(), prices),
                steps(bar.close(), prices),
                steps(bar.volume(), sizes),
                new Turnover(sum.shiftRight(Long.SIZE).longValueExact(), sum.longValue()),
                bar.trades(),
                bar.isFinal());
    }

    private static long steps(long number, int decimals) {
        long finer = number;
        for (int i = 0; i < decimals && number != ABSENT; i++) {
            finer = Math.multiplyExact(finer, 10L);
        }
        return finer;
    }

    Bar bar() {
        return new Bar(start, open, high, low, close, volume, turnover, trades, isFinal);
    }
}
