package tickerplant.message;

/**
 * A publisher's message skips others that have never come; an error with one field more.
 *
 * @param id of the request
 * @param expected the number that the publisher's next message must have
 */
public record OutOfTurn(RequestId id, long expected) implements Message {
    /** The error that it is. */
    public ErrorMessage error() {
        return ErrorMessage.field(id, "pseq", expected + ", the number after that of the last message taken");
    }
}
