package tickerplant.message;

/**
 * The answer to {@code unalert}.
 *
 * @param id of the request
 * @param alert the alert's name
 */
public record AlertRemoved(RequestId id, String alert) implements Message {}
