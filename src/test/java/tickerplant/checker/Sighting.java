package tickerplant.checker;

import java.util.Map;

/**
 * Something that a client heard of one key.
 *
 * @param kind how the row is to be taken
 * @param after the sequence before the first event it stands for
 * @param seq the sequence of its last event
 * @param row what it says
 * @param message the message it came in
 */
record Sighting(Kind kind, long after, long seq, Map<String, Object> row, String message) {
    enum Kind {
        SNAPSHOT,
        UPDATE,
        /** Events that will never come; {@code row} is the gap. */
        GAP,
        /** The client goes on from a position without a snapshot; {@code row} is all that it still knows. */
        CONTINUED,
        /** The same, of a client that knows the whole state at that position. */
        RESUMED
    }
}
