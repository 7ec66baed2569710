package tickerplant.message;

import java.util.OptionalLong;

/**
 * The answer to {@code alert}.
 *
 * @param id of the request
 * @param alert the alert's name, unique in its connection
 * @param judgedFrom the ticker sequence from which on it has been judged; absent where the request named none
 */
public record AlertSet(RequestId id, String alert, OptionalLong judgedFrom) implements Message {}
