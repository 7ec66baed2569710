package tickerplant.message;

/**
 * The server stops; the connection will be closed.
 *
 * @param reconnectMillis when to come back, spread so that not all come at once
 */
public record Goaway(long reconnectMillis) implements Message {}
