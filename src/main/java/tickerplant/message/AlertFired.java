package tickerplant.message;

import java.math.BigDecimal;
import tickerplant.market.Symbol;

/**
 * What an alert has waited for has come; it is gone now.
 *
 * @param alert the alert's name
 * @param symbol whose
 * @param value of the field that it watched
 * @param seq of the ticker's event that made it so
 * @param ts of that event, in microseconds since the epoch
 */
public record AlertFired(String alert, Symbol symbol, BigDecimal value, long seq, long ts) implements Message {}
