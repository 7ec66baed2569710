package tickerplant.feed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tickerplant.market.Symbol;

/** Which feed each symbol belongs to: the one that names it first. Shared by all feeds of a service; for any thread. */
public final class Owners {
    private final Map<Symbol, String> byFeed = new ConcurrentHashMap<>();

    /** The feed that the symbol belongs to, which is this one where nobody has named it before. */
    String claim(Symbol symbol, String feed) {
        String owner = byFeed.putIfAbsent(symbol, feed);
        return owner == null ? feed : owner;
    }
}
