package tickerplant.feed.itch;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;

/** The instruments of a file, as far as it has been read. */
final class Universe {
    /** A price has 4 decimals in every message that is used here. */
    static final int PRICE_DECIMALS = 4;

    static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final String feed;
    private final String prefix;
    private final Map<Symbol, Listed> listed = new LinkedHashMap<>();

    Universe(String feed, String prefix) {
        this.feed = feed;
        this.prefix = prefix;
    }

    /** All that were added, in that order. */
    List<Listed> listed() {
        return List.copyOf(listed.values());
    }

    /** The symbol that the exchange writes so; empty where it is none of ours. */
    Optional<Symbol> symbol(String text) {
        String name = prefix + text;
        return text.isEmpty() || !Symbol.isName(name) ? Optional.empty() : Optional.of(new Symbol(name));
    }

    /** Adds an instrument; empty where it is known. */
    Optional<Listed> add(Symbol symbol, String exchange, long ts) {
        if (listed.containsKey(symbol)) {
            return Optional.empty();
        }
        Instrument instrument = new Instrument(symbol, "", "USD", exchange, PRICE_DECIMALS, 0, ZONE);
        Listed entry = new Listed(instrument, feed, Decimal.ABSENT, ts);
        listed.put(symbol, entry);
        return Optional.of(entry);
    }
}
