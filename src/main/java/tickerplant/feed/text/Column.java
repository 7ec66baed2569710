package tickerplant.feed.text;

import java.util.Locale;
import java.util.Optional;

/** The fields of a text recording; a CSV header and a JSON object name them in lower case. */
public enum Column {
    TS,
    SYMBOL,
    KIND,
    PRICE,
    SIZE,
    SIDE,
    ID,
    VENUE,
    COND,
    BID,
    BID_SIZE,
    ASK,
    ASK_SIZE,
    PHASE,
    REASON,
    HEADLINE,
    URL,
    SOURCE,
    NAME,
    CURRENCY,
    EXCHANGE,
    ZONE,
    PREV_CLOSE;

    /** The column of that name, in whatever case; empty where none has it. */
    public static Optional<Column> named(String name) {
        for (Column column : values()) {
            if (column.name().equalsIgnoreCase(name)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
