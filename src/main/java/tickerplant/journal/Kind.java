package tickerplant.journal;

import java.util.Optional;
import tickerplant.market.Channel;
import tickerplant.market.Interval;

/** What is stored piece by piece, and may be kept for a time of its own. */
public enum Kind {
    /** Trades, and trades taken back. */
    TRADES(0, "trades"),
    /** Phases. */
    STATUS(1, "status"),
    /** News. */
    NEWS(2, "news"),
    /** Bars of a minute, of which longer ones but those of a day are made. */
    MINUTE_BARS(3, "bars-1m"),
    /** Bars of a day. */
    DAY_BARS(4, "bars-1d");

    private final int number;
    private final String word;

    Kind(int number, String word) {
        this.number = number;
        this.word = word;
    }

    /** What stands for it in the file; of events that of the channel. */
    int number() {
        return number;
    }

    /** Its word in settings and meters. */
    public String word() {
        return word;
    }

    /** The kind of that word; empty where there is none. */
    public static Optional<Kind> of(String word) {
        for (Kind kind : values()) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The kind of a channel whose events are stored one by one. */
    static Kind of(Channel channel) {
        return switch (channel) {
            case TRADES -> TRADES;
            case STATUS -> STATUS;
            case NEWS -> NEWS;
            case BARS_1D -> DAY_BARS;
            case BARS_1M -> MINUTE_BARS;
            default -> throw new IllegalArgumentException("not stored: " + channel);
        };
    }

    boolean isBars() {
        return this == MINUTE_BARS || this == DAY_BARS;
    }

    /** How long a thing of it lasts, in microseconds. */
    long micros() {
        return switch (this) {
            case MINUTE_BARS -> Interval.MINUTE.micros();
            case DAY_BARS -> Interval.DAY.micros();
            default -> 0;
        };
    }
}
