package tickerplant.feed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tickerplant.market.Instrument;
import tickerplant.market.Symbol;

/** Which feed each symbol belongs to: the one that names it first. Shared by all feeds of a service; for any thread. */
public final class Owners {
    private final Map<Symbol, String> byFeed = new ConcurrentHashMap<>();
    /** What was known before a restart and no feed named when it started. */
    private final Map<Symbol, Instrument> kept = new ConcurrentHashMap<>();

    /** The feed that the symbol belongs to, which is this one where nobody has named it before. */
    String claim(Symbol symbol, String feed) {
        String owner = byFeed.putIfAbsent(symbol, feed);
        return owner == null ? feed : owner;
    }

    /** What is known from before a restart stays the feed's that it was, and in its steps, unless a feed has named it since. */
    public void keep(Instrument instrument, String feed) {
        if (byFeed.putIfAbsent(instrument.symbol(), feed) == null) {
            kept.put(instrument.symbol(), instrument);
        }
    }

    /** Whether the instrument is counted in the steps that it was kept in, if it was. */
    boolean fits(Instrument instrument) {
        Instrument before = kept.getOrDefault(instrument.symbol(), instrument);
        return before.priceDecimals() == instrument.priceDecimals()
                && before.sizeDecimals() == instrument.sizeDecimals();
    }
}
