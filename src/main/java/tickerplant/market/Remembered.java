package tickerplant.market;

import java.util.List;

/**
 * All that the market knows of a symbol, with the recent trades and bars that can still be corrected: a market that goes on
 * from it gives the same numbers, and the same contents, as the one that it comes from. Immutable.
 *
 * @param state what stands
 * @param tape the recent trades
 * @param series the recent bars of every interval; empty where there was no trade yet
 */
public record Remembered(ListingState state, TapeState tape, List<RememberedSeries> series) {
    public Remembered {
        series = List.copyOf(series);
    }

    /** The symbol's name. */
    public Symbol symbol() {
        return state.symbol();
    }
}
