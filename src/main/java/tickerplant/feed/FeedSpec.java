package tickerplant.feed;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a feed is asked for on the command line: {@code kind:target?key=value&key=value}, for example
 * {@code replay:trades.csv?speed=20&loop=true}.
 *
 * @param kind the kind of feed
 * @param target what it reads; empty where the kind needs none
 * @param options the rest, in the order given
 */
public record FeedSpec(String kind, String target, Map<String, String> options) {
    public FeedSpec {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /**
     * Reads a specification.
     *
     * @throws IllegalArgumentException naming what is wrong and what was expected
     */
    public static FeedSpec parse(String text) {
        int question = text.indexOf('?');
        String head = question < 0 ? text : text.substring(0, question);
        int colon = head.indexOf(':');
        String kind = colon < 0 ? head : head.substring(0, colon);
        String target = colon < 0 ? "" : head.substring(colon + 1);
        Map<String, String> options = new LinkedHashMap<>();
        if (question >= 0) {
            for (String pair : text.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals <= 0) {
                    throw new IllegalArgumentException("'" + pair + "' in '" + text + "', expected key=value");
                }
                if (options.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                    throw new IllegalArgumentException(
                            "'" + pair.substring(0, equals) + "' twice in '" + text + "', expected once");
                }
            }
        }
        return new FeedSpec(kind, target, options);
    }

    /** Refuses any option but these. */
    public void allow(Set<String> keys) {
        for (String key : options.keySet()) {
            if (!keys.contains(key)) {
                throw new IllegalArgumentException(
                        "'" + key + "' is no option of '" + kind + "', expected " + String.join(", ", keys));
            }
        }
    }

    /** A whole number within bounds, or the fallback where the option is absent. */
    public long number(String key, long fallback, long min, long max) {
        String value = options.get(key);
        if (value == null) {
            return fallback;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, together with a number out of bounds
        }
        throw expected(key, "a whole number between " + min + " and " + max);
    }

    /** {@code true} or {@code false}, or the fallback where the option is absent. */
    public boolean flag(String key, boolean fallback) {
        String value = options.get(key);
        if (value == null) {
            return fallback;
        }
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw expected(key, "true or false");
    }

    /** A text, or the fallback where the option is absent. */
    public String text(String key, String fallback) {
        return options.getOrDefault(key, fallback);
    }

    /** The complaint about an option's value. */
    public IllegalArgumentException expected(String key, String expected) {
        return new IllegalArgumentException(key + "=" + options.get(key) + " of '" + kind + "', expected " + expected);
    }

    @Override
    public String toString() {
        return target.isEmpty() ? kind : kind + ":" + target;
    }
}
