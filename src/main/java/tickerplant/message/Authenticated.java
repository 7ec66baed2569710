package tickerplant.message;

import java.util.OptionalLong;

/**
 * The answer to {@code auth}: the token was accepted.
 *
 * @param id of the request
 * @param expiresMillis until when it holds, in milliseconds since the epoch; empty where no token is asked for
 */
public record Authenticated(RequestId id, OptionalLong expiresMillis) implements Message {}
