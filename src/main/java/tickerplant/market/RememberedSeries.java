package tickerplant.market;

import java.util.List;
import java.util.Optional;

/**
 * The bars of one symbol and interval that can still be corrected. Immutable.
 *
 * @param interval the interval
 * @param forgotten up to this start, bars that are not here may have been forgotten
 * @param bars the bars in the order of their start
 */
public record RememberedSeries(Interval interval, long forgotten, List<Kept> bars) {
    public RememberedSeries {
        bars = List.copyOf(bars);
    }

    /**
     * A bar.
     *
     * @param bar what it is now
     * @param offTape what it was before the first of its trades that can still be taken back, where that was anything and there
     *     is such a trade
     */
    public record Kept(BarState bar, Optional<BarState> offTape) {}
}
