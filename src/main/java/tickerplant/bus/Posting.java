package tickerplant.bus;

import java.util.Optional;
import tickerplant.market.LogEntry;

/**
 * What is put into the log. Immutable.
 *
 * @param entry what happened; empty in a mark, which says no more than that its source has come so far
 * @param origin where it comes from
 */
public record Posting(Optional<LogEntry> entry, Origin origin) {
    /** An entry. */
    public Posting(LogEntry entry, Origin origin) {
        this(Optional.of(entry), origin);
    }

    /** A source has come so far, whether or not it told anything. */
    public static Posting mark(Origin origin) {
        return new Posting(Optional.empty(), origin);
    }
}
