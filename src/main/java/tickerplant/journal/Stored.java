package tickerplant.journal;

import java.util.List;
import java.util.OptionalLong;

/**
 * What was found in the journal.
 *
 * @param rows in order, as many as were wanted
 * @param lost up to where some of what was wanted can't be had: a sequence of events, the start of a bar; empty where
 *     nothing is missing
 */
public record Stored<T>(List<T> rows, OptionalLong lost) {
    public Stored {
        rows = List.copyOf(rows);
    }
}
