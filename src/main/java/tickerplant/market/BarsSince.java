package tickerplant.market;

import java.util.List;

/**
 * What was told of a symbol's bars of one interval. Immutable.
 *
 * @param after the sequence after which nothing is missing; later than what was asked for where that is forgotten
 * @param updates in their order; each follows the one before without a gap
 */
public record BarsSince(long after, List<BarUpdate> updates) {
    public BarsSince {
        updates = List.copyOf(updates);
    }
}
