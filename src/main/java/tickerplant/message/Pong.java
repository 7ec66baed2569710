package tickerplant.message;

/**
 * The answer to {@code ping}.
 *
 * @param id of the request
 * @param ts the client's own time stamp, digit for digit; empty where it sent none
 * @param serverTs when it was answered, in microseconds since the epoch
 */
public record Pong(RequestId id, String ts, long serverTs) implements Message {}
