package tickerplant.feed.text;

/**
 * An event that did not enter the log.
 *
 * @param index its place among those that were sent with it, from 0
 * @param why in a word
 * @param field the field that is wrong; empty where it is none in particular
 * @param message what was wrong and what was expected, for a person
 */
public record Rejection(int index, Why why, String field, String message) {
    /** Why an event did not enter the log. */
    public enum Why {
        /** A field is missing, or what stands in it is not possible. */
        INVALID_FIELD,
        /** The symbol is not the sender's to tell about. */
        FORBIDDEN,
        /** No more symbols are taken. */
        SYMBOL_LIMIT
    }
}
