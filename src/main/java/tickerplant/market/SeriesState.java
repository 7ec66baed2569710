package tickerplant.market;

import java.util.List;

/**
 * The bars of one symbol and interval, as far as it takes them to go on. Immutable.
 *
 * @param interval the interval
 * @param seq the newest sequence
 * @param finalSeq the newest sequence at which a bar was told final; what was told later is all of the newest bar
 * @param finalStart when the latest bar began that was told final; {@link Long#MIN_VALUE} where there is none
 * @param bars the newest bar that was told, and those after it whose volume still waits for a price, in order
 */
public record SeriesState(Interval interval, long seq, long finalSeq, long finalStart, List<BarState> bars) {
    public SeriesState {
        bars = List.copyOf(bars);
    }
}
