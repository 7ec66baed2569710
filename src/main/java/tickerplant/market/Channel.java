package tickerplant.market;

import java.util.Optional;

/**
 * A kind of information that can be followed. Each event takes one sequence in every channel that it belongs to. On the wire
 * the bars of all intervals are one channel; here each interval is one, because it is followed and numbered by itself.
 */
public enum Channel {
    /** The last values of a symbol: trade, quote, and the day's figures; conflates. */
    TICKER("ticker", true),
    /** Every trade, never conflated. */
    TRADES("trades", false),
    /** The phase that trading is in; conflates. */
    STATUS("status", true),
    /** Every news item, never conflated. */
    NEWS("news", false),
    BARS_1S(Interval.SECOND),
    BARS_1M(Interval.MINUTE),
    BARS_5M(Interval.FIVE_MINUTES),
    BARS_15M(Interval.QUARTER_HOUR),
    BARS_1H(Interval.HOUR),
    BARS_1D(Interval.DAY);

    /** The word of every channel of bars. */
    public static final String BARS = "bars";

    private final String word;
    private final boolean conflates;
    private final Optional<Interval> interval;

    Channel(String word, boolean conflates) {
        this.word = word;
        this.conflates = conflates;
        this.interval = Optional.empty();
    }

    Channel(Interval interval) {
        this.word = BARS;
        this.conflates = true;
        this.interval = Optional.of(interval);
    }

    /** The channel of the bars of an interval. */
    public static Channel bars(Interval interval) {
        return switch (interval) {
            case SECOND -> BARS_1S;
            case MINUTE -> BARS_1M;
            case FIVE_MINUTES -> BARS_5M;
            case QUARTER_HOUR -> BARS_15M;
            case HOUR -> BARS_1H;
            case DAY -> BARS_1D;
        };
    }

    /** Its word on the wire. */
    public String word() {
        return word;
    }

    /** Whose bars it has; empty for every channel but those of bars. */
    public Optional<Interval> interval() {
        return interval;
    }

    /** Whether it is one of bars. */
    public boolean isBars() {
        return interval.isPresent();
    }

    /** Whether a waiting update may be merged with a newer one of its key (see {@link Conflatable#mayMerge}). */
    public boolean conflates() {
        return conflates;
    }
}
