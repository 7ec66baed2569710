package tickerplant.market;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The open bars of a feed's symbols by the moment at which they end, so that the passing of time costs only what it closes.
 * Owned by the market thread.
 */
final class OpenBars {
    private final NavigableMap<Long, List<BarSeries>> byEnd = new TreeMap<>();

    /** A bar of the series has begun that ends then. */
    void opened(BarSeries series, long end) {
        byEnd.computeIfAbsent(end, moment -> new ArrayList<>()).add(series);
    }

    /** Time has reached a moment; a bar that has been followed by another one was closed before. */
    void pass(long ts) {
        while (!byEnd.isEmpty() && byEnd.firstKey() <= ts) {
            byEnd.pollFirstEntry().getValue().forEach(series -> series.pass(ts));
        }
    }
}
