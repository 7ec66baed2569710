package tickerplant.market;

import java.util.Set;

/**
 * A trade.
 *
 * @param symbol the instrument
 * @param price in price steps of the instrument, positive
 * @param size in size steps of the instrument, positive
 * @param side who took the initiative
 * @param id the venue's own name for it, unique per symbol and trading day; empty where it has none
 * @param venue the market it came from; empty where that is not known
 * @param conditions its sale conditions, immutable
 * @param ts when, in microseconds since the epoch
 */
public record Trade(
        Symbol symbol, long price, long size, Side side, String id, String venue, Set<Condition> conditions, long ts)
        implements Event {

    /** Whether it moves last, high and low; it counts in volume in any case. */
    public boolean movesLast() {
        for (Condition condition : conditions) {
            if (!condition.movesLast()) {
                return false;
            }
        }
        return true;
    }
}
