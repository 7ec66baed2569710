package tickerplant.feed.venue;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;

/**
 * What a venue has, in its words and in ours: a symbol is the venue's code in upper case behind the feed's prefix. What was
 * learnt first of an instrument holds, because its prices are counted in those steps.
 */
final class Catalogue {
    private final String feed;
    private final String exchange;
    private final ZoneId zone;
    private final String prefix;
    private final Set<String> only;
    private final Map<String, Instrument> byCode = new HashMap<>();
    private final Map<Symbol, String> codes = new HashMap<>();

    /**
     * An empty one.
     *
     * @param only the codes that are of interest; all, where it is empty
     */
    Catalogue(String feed, String exchange, ZoneId zone, String prefix, List<String> only) {
        this.feed = feed;
        this.exchange = exchange;
        this.zone = zone;
        this.prefix = prefix;
        this.only = new LinkedHashSet<>(only);
    }

    /** Takes an instrument; answers its listing where it is new, of interest, and can be held here. */
    Optional<Listed> learn(Contract contract, long ts) {
        String code = contract.code();
        if (byCode.containsKey(code)
                || (!only.isEmpty() && !only.contains(code))
                || !fits(contract.priceDecimals())
                || !fits(contract.sizeDecimals())) {
            return Optional.empty();
        }
        Optional<Symbol> symbol = Symbol.parse(prefix + code);
        if (symbol.isEmpty() || codes.containsKey(symbol.get())) {
            return Optional.empty();
        }
        Instrument instrument = new Instrument(
                symbol.get(),
                contract.name(),
                contract.currency(),
                exchange,
                contract.priceDecimals(),
                contract.sizeDecimals(),
                zone);
        byCode.put(code, instrument);
        codes.put(symbol.get(), code);
        return Optional.of(new Listed(instrument, feed, Decimal.ABSENT, ts));
    }

    private static boolean fits(int decimals) {
        return decimals >= 0 && decimals <= Instrument.MAX_DECIMALS;
    }

    /** What is known by the venue's code. */
    Optional<Instrument> instrument(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** The venue's code of a symbol. */
    Optional<String> code(Symbol symbol) {
        return Optional.ofNullable(codes.get(symbol));
    }

    /** Codes that are of interest, and that the venue has not named. */
    List<String> missing() {
        return only.stream().filter(code -> !byCode.containsKey(code)).toList();
    }
}
