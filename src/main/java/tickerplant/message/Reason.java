package tickerplant.message;

import java.util.Locale;

/** Why a request was not done; the word is the contract, the number a hint and the HTTP status. */
public enum Reason {
    MALFORMED_JSON(400),
    INVALID_MESSAGE(400),
    INVALID_FIELD(400),
    UNKNOWN_TYPE(400),
    UNKNOWN_CHANNEL(404),
    UNKNOWN_SYMBOL(404),
    UNKNOWN_INTERVAL(404),
    SYMBOL_LIMIT(422),
    AUTH_REQUIRED(401),
    AUTH_FAILED(401),
    FORBIDDEN(403),
    TOO_LARGE(413),
    UNSUPPORTED_DATA(415),
    RATE_LIMITED(429),
    NOT_FOUND(404),
    INTERNAL(500);

    private final int code;
    private final String word;

    Reason(int code) {
        this.code = code;
        this.word = name().toLowerCase(Locale.ROOT);
    }

    /** The number. */
    public int code() {
        return code;
    }

    /** The word, as it stands in messages. */
    public String word() {
        return word;
    }
}
