package tickerplant.feed.text;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;

/** Collects what a recording tells about each of its symbols: decimals, names, the last close. The last word counts. */
final class Census {
    private static final class Entry {
        private final Scale prices;
        private final Scale sizes;
        private String name = "";
        private String currency = "";
        private String exchange = "";
        private ZoneId zone = ZoneOffset.UTC;
        private Optional<BigDecimal> prevClose = Optional.empty();
        private Optional<Long> ts = Optional.empty();

        Entry(int decimals) {
            prices = new Scale(decimals);
            sizes = new Scale(decimals);
        }
    }

    private final String feed;
    private final int leastDecimals;
    private final Map<Symbol, Entry> entries = new LinkedHashMap<>();
    private Optional<Long> first = Optional.empty();

    Census(String feed) {
        this(feed, 0);
    }

    /** One in which every symbol has at least so many decimals, because nobody knows what is to come. */
    Census(String feed, int leastDecimals) {
        this.feed = feed;
        this.leastDecimals = leastDecimals;
    }

    /** Takes a row that was read. */
    void note(Draft draft, Facts facts) {
        Entry entry = entries.computeIfAbsent(draft.symbol(), key -> new Entry(leastDecimals));
        draft.prices().forEach(entry.prices::widen);
        draft.sizes().forEach(entry.sizes::widen);
        if (!facts.name().isEmpty()) {
            entry.name = facts.name();
        }
        if (!facts.currency().isEmpty()) {
            entry.currency = facts.currency();
        }
        if (!facts.exchange().isEmpty()) {
            entry.exchange = facts.exchange();
        }
        if (facts.zone().isPresent()) {
            entry.zone = facts.zone().get();
        }
        if (facts.prevClose().isPresent()) {
            entry.prevClose = facts.prevClose();
            entry.prices.widen(facts.prevClose().get());
        }
        entry.ts = entry.ts.or(draft::ts);
        first = first.or(draft::ts);
    }

    /** All symbols in the order in which they occurred. */
    List<Symbol> symbols() {
        return List.copyOf(entries.keySet());
    }

    /** What is known about a symbol that was noted. */
    Listed listed(Symbol symbol) {
        Entry entry = entries.get(symbol);
        Instrument instrument = new Instrument(
                symbol,
                entry.name,
                entry.currency,
                entry.exchange,
                entry.prices.decimals(),
                entry.sizes.decimals(),
                entry.zone);
        return new Listed(
                instrument, feed, prevClose(entry), entry.ts.or(() -> first).orElse(0L));
    }

    private static long prevClose(Entry entry) {
        try {
            return entry.prevClose
                    .map(close -> Decimal.steps(close, entry.prices.decimals()))
                    .orElse(Decimal.ABSENT);
        } catch (ArithmeticException e) {
            // Too large for these decimals: its row is reported when it is played.
            return Decimal.ABSENT;
        }
    }
}
