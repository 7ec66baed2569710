package tickerplant.message;

/**
 * The answer to {@code configure}: all that holds now.
 *
 * @param id of the request
 * @param maxRate of each symbol's rows on this connection
 * @param paused whether the client gets nothing but answers and heartbeats
 * @param visible the symbols that it shows
 */
public record Configured(RequestId id, Rate maxRate, boolean paused, Visible visible) implements Message {}
