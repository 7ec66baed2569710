package tickerplant.feed.venue;

import java.math.BigDecimal;
import java.util.Set;
import tickerplant.market.Condition;
import tickerplant.market.Side;

/**
 * A trade, as its venue tells it.
 *
 * @param code the symbol in the venue's words
 * @param number its place among the symbol's trades, where the venue numbers them; otherwise 0
 * @param id the venue's name for it; may be empty
 * @param price what was paid
 * @param size how much was traded
 * @param side who took the initiative
 * @param venue the market it came from
 * @param conditions what was special
 * @param ts when, in microseconds since the epoch
 */
record Print(
        String code,
        long number,
        String id,
        BigDecimal price,
        BigDecimal size,
        Side side,
        String venue,
        Set<Condition> conditions,
        long ts) {

    /** An ordinary trade that the venue names by its number. */
    static Print numbered(
            String code, long number, BigDecimal price, BigDecimal size, Side side, String venue, long ts) {
        return new Print(code, number, Long.toString(number), price, size, side, venue, Set.of(), ts);
    }
}
