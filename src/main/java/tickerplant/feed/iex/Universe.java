package tickerplant.feed.iex;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;

/**
 * The instruments of a capture. A symbol is found by its 8 raw bytes, taken as one number, in a table of open addresses:
 * no text is made for a symbol that is known.
 */
final class Universe {
    /** A price has 4 decimals in every message. */
    static final int PRICE_DECIMALS = 4;

    private static final String EXCHANGE = "IEX";
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final int RAW_LENGTH = 8;

    private final String feed;
    private final String prefix;
    private final Map<Symbol, Listed> listed = new LinkedHashMap<>();
    private long[] keys = new long[1 << 14];
    private Symbol[] symbols = new Symbol[1 << 14];

    Universe(String feed, String prefix) {
        this.feed = feed;
        this.prefix = prefix;
    }

    /** All that were added, in that order. */
    List<Listed> listed() {
        return List.copyOf(listed.values());
    }

    /** The symbol of these 8 bytes, read as a little-endian number; null where it was never added. */
    Symbol find(long raw) {
        return symbols[slot(raw)];
    }

    /** Adds an instrument; empty where its bytes are no symbol. */
    Optional<Listed> add(long raw, long ts) {
        String name = prefix + text(raw);
        if (name.length() == prefix.length() || !Symbol.isName(name)) {
            return Optional.empty();
        }
        Symbol symbol = new Symbol(name);
        if (2 * listed.size() >= keys.length) {
            grow();
        }
        int slot = slot(raw);
        keys[slot] = raw;
        symbols[slot] = symbol;
        Instrument instrument = new Instrument(symbol, "", "USD", EXCHANGE, PRICE_DECIMALS, 0, ZONE);
        Listed entry = new Listed(instrument, feed, Decimal.ABSENT, ts);
        listed.put(symbol, entry);
        return Optional.of(entry);
    }

    /** Notes the last close of an instrument that was added, in price steps; the first one said counts. */
    void closed(Symbol symbol, long prevClose) {
        listed.computeIfPresent(
                symbol,
                (key, entry) -> entry.prevClose() != Decimal.ABSENT
                        ? entry
                        : new Listed(entry.instrument(), feed, prevClose, entry.ts()));
    }

    /** The text of 8 bytes without the blanks at its end; bytes outside of ASCII become question marks. */
    static String text(long raw) {
        return ascii(raw, RAW_LENGTH);
    }

    /** The text of the lowest bytes of a little-endian number, without the blanks at its end. */
    static String ascii(long raw, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            int c = (int) (raw >>> (Byte.SIZE * i)) & 0xFF;
            text.append(c >= ' ' && c <= '~' ? (char) c : '?');
        }
        return text.toString().stripTrailing();
    }

    private int slot(long raw) {
        int mask = keys.length - 1;
        int slot = (int) ((raw * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        while (symbols[slot] != null && keys[slot] != raw) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        Symbol[] oldSymbols = symbols;
        keys = new long[2 * oldKeys.length];
        symbols = new Symbol[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldSymbols[i] != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                symbols[slot] = oldSymbols[i];
            }
        }
    }
}
