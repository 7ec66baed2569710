package tickerplant.message;

/**
 * A request was not done.
 *
 * @param id of the request, where it could be read
 * @param reason why
 * @param message why, for people: what was expected
 * @param field the field that is wrong; empty where it is none in particular
 */
public record ErrorMessage(RequestId id, Reason reason, String message, String field) implements Message {
    /** A complaint about one field. */
    public static ErrorMessage field(RequestId id, String field, String expected) {
        return new ErrorMessage(id, Reason.INVALID_FIELD, field + " must be " + expected, field);
    }

    /** Whether the same request may succeed later. */
    public boolean retry() {
        return reason == Reason.RATE_LIMITED || reason == Reason.INTERNAL;
    }

    @Override
    public int weight() {
        return 128 + message.length();
    }
}
