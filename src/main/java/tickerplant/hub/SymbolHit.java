package tickerplant.hub;

import java.util.Comparator;
import tickerplant.market.Instrument;

/**
 * An instrument that matches a query, and how well.
 *
 * @param rank how well, the best first; see the constants
 * @param text what matched
 * @param instrument the instrument
 */
record SymbolHit(int rank, String text, Instrument instrument) {
    static final int EXACT = 0;
    static final int SYMBOL = 1;
    static final int NAME = 2;
    /** From here on near misses, by {@link #near}. */
    private static final int NEAR = 3;

    /** The best first; equally good ones in the order of what matched. */
    static final Comparator<SymbolHit> ORDER = Comparator.comparingInt(SymbolHit::rank)
            .thenComparing(SymbolHit::text)
            .thenComparing(hit -> hit.instrument().symbol());

    /** The rank of a near miss: by its distance, then those as long as what was typed, then those that begin like it. */
    static int near(String typed, String word, int distance, boolean isSymbol) {
        int longer = Math.abs(typed.length() - word.length());
        int first = typed.charAt(0) == word.charAt(0) ? 0 : 1;
        return NEAR + (((distance * 4 + Math.min(longer, 3)) * 2 + first) * 2 + (isSymbol ? 0 : 1));
    }
}
