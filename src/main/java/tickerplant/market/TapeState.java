package tickerplant.market;

import java.util.List;
import java.util.Set;

/**
 * The recent trades of a symbol that can still be taken back. Immutable.
 *
 * @param before the figures of the day up to the oldest of them
 * @param recent the trades, the oldest first
 * @param cancelled the sequences of those that were taken back
 */
public record TapeState(Day before, List<TradeUpdate> recent, Set<Long> cancelled) {
    public TapeState {
        recent = List.copyOf(recent);
        cancelled = Set.copyOf(cancelled);
    }
}
