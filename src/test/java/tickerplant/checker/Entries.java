package tickerplant.checker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a client follows, in the literal entries it asked for: symbols, {@code *}, and {@code PREFIX*}. */
final class Entries {
    private final Set<Entry> entries = new HashSet<>();

    /**
     * One entry.
     *
     * @param channel the channel
     * @param interval that of {@code bars}; empty for every other channel
     * @param pattern a symbol, {@code *}, or a prefix and {@code *}
     */
    record Entry(String channel, String interval, String pattern) {
        boolean isExact() {
            return !pattern.endsWith("*");
        }

        boolean covers(Key key) {
            boolean named = isExact()
                    ? key.symbol().equals(pattern)
                    : key.symbol().startsWith(pattern.substring(0, pattern.length() - 1));
            return key.channel().equals(channel) && key.interval().equals(interval) && (named || key.isMarketWide());
        }

        @Override
        public String toString() {
            return channel + " " + pattern + (interval.isEmpty() ? "" : " " + interval);
        }

        /** The key of an exact entry. */
        Key key() {
            return new Key(channel, pattern, interval);
        }
    }

    /** The entries that a request names, in upper case; what is not a string names none. */
    static List<Entry> named(Map<String, Object> request) {
        Object symbols = request.containsKey("symbols") ? request.get("symbols") : request.get("symbol");
        List<?> patterns = symbols instanceof List<?> list ? list : symbols == null ? List.of() : List.of(symbols);
        List<Entry> named = new ArrayList<>();
        for (Object pattern : patterns) {
            if (pattern instanceof String s && request.get("channel") instanceof String channel) {
                named.add(new Entry(channel, interval(request), s.toUpperCase(Locale.ROOT)));
            }
        }
        return named;
    }

    /** Whether a request leaves the symbols out and so means the whole channel. */
    static boolean isWhole(Map<String, Object> request) {
        return request.get("symbols") == null && request.get("symbol") == null;
    }

    Set<Entry> all() {
        return Set.copyOf(entries);
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /** Removes what an {@code unsubscribe} names. */
    void remove(Map<String, Object> request) {
        if (isWhole(request)) {
            String interval = interval(request);
            entries.removeIf(entry -> entry.channel().equals(request.get("channel"))
                    && (interval.isEmpty() || entry.interval().equals(interval)));
        } else {
            named(request).forEach(entries::remove);
        }
    }

    boolean covers(Key key) {
        return entries.contains(new Entry(key.channel(), key.interval(), key.symbol()))
                || entries.stream().anyMatch(entry -> entry.covers(key));
    }

    private static String interval(Map<String, Object> request) {
        return "bars".equals(request.get("channel")) && request.get("interval") instanceof String s ? s : "";
    }
}
