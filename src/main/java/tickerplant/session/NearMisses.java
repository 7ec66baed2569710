package tickerplant.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tickerplant.hub.Hub;
import tickerplant.market.Channel;
import tickerplant.market.Symbol;

/**
 * What may have been meant by symbols that nobody knows. To be looked up before the market thread's turn, by the thread that
 * brought the request: there it costs nobody but the client that asks, and answers stay in the order of requests. A symbol
 * that is known never ceases to be, so nothing can be missing here by the time of the answer. Immutable.
 */
public final class NearMisses {
    /** Nothing was unknown, or nothing is near it. */
    public static final NearMisses NONE = new NearMisses(Map.of());

    /** The most symbols that are suggested instead of one. */
    public static final int MOST = 3;

    /** How many unknown symbols of one request are looked up: the rest of a list that is all wrong is left to itself. */
    private static final int LOOKED_UP = 5;

    private final Map<String, List<String>> suggestions;

    private NearMisses(Map<String, List<String>> suggestions) {
        this.suggestions = suggestions;
    }

    /** Looks up those of the entries that are symbols, and not known. For any thread but the market's. */
    public static NearMisses of(Hub hub, List<String> entries) {
        Map<String, List<String>> suggestions = new HashMap<>();
        for (String entry : entries) {
            Symbol.parse(entry)
                    .filter(symbol -> suggestions.size() < LOOKED_UP && !suggestions.containsKey(symbol.name()))
                    .filter(symbol -> hub.topic(Channel.TICKER, symbol).isEmpty())
                    .ifPresent(symbol -> suggestions.put(
                            symbol.name(),
                            hub.symbols().near(symbol.name(), MOST).stream()
                                    .map(Symbol::name)
                                    .toList()));
        }
        return suggestions.isEmpty() ? NONE : new NearMisses(suggestions);
    }

    /** What may have been meant by a symbol, best first; nothing where there is nothing near, or it was not looked up. */
    public List<String> of(String symbol) {
        return suggestions.getOrDefault(symbol, List.of());
    }
}
