package tickerplant.market;

import static tickerplant.market.Decimal.ABSENT;

/**
 * A change of the last values of a symbol, by one event or by several that were merged. It carries the whole ticker after
 * the change, so merging costs no more than looking at both.
 *
 * @param instrument whose
 * @param seq of its newest event
 * @param n how many events it stands for
 * @param hi the highest price printed by a trade among them, {@link Decimal#ABSENT} where none was a trade
 * @param lo the lowest such price
 * @param changed which fields may differ from before, as bits of {@link TickerField#bit}
 * @param ticker the last values after it
 */
public record TickerUpdate(Instrument instrument, long seq, long n, long hi, long lo, int changed, Ticker ticker)
        implements Conflatable {

    /** The update of a symbol about which nothing has been heard yet. */
    static TickerUpdate none(Instrument instrument, long prevClose) {
        return new TickerUpdate(instrument, 0, 1, ABSENT, ABSENT, 0, Ticker.starting(instrument.symbol(), prevClose));
    }

    /**
     * All that happened after a sequence, as one update: it names every field, for any of them may have changed.
     *
     * @param seqBefore the sequence, less than this one's
     * @param high the highest price printed since, or {@link Decimal#ABSENT}
     * @param low the lowest
     */
    public TickerUpdate since(long seqBefore, long high, long low) {
        return new TickerUpdate(instrument, seq, seq - seqBefore, high, low, TickerField.ALL, ticker);
    }

    @Override
    public Channel channel() {
        return Channel.TICKER;
    }

    /** The later values, every field that either changed, and the extremes of both. */
    @Override
    public TickerUpdate merge(Conflatable next) {
        TickerUpdate later = (TickerUpdate) next;
        requireFollowedBy(later);
        return new TickerUpdate(
                instrument,
                later.seq,
                n + later.n,
                hi == ABSENT ? later.hi : later.hi == ABSENT ? hi : Math.max(hi, later.hi),
                lo == ABSENT ? later.lo : later.lo == ABSENT ? lo : Math.min(lo, later.lo),
                changed | later.changed,
                later.ticker);
    }
}
