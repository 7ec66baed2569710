package tickerplant.message;

/**
 * The name that a client gave its request, to be echoed digit for digit.
 *
 * @param text the digits, or the characters of the string; empty where there is none
 * @param kind which of them it is
 */
public record RequestId(String text, Kind kind) {
    /** What an id can be. */
    public enum Kind {
        NONE,
        INTEGER,
        STRING
    }

    /** The longest id, in characters. */
    public static final int MAX_LENGTH = 64;

    /** A request without a name. */
    public static final RequestId NONE = new RequestId("", Kind.NONE);
}
