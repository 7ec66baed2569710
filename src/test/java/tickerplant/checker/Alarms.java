package tickerplant.checker;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The alerts that one connection has set: each fires once, of the symbol that it watches, with a value that fits. */
final class Alarms {
    private static final List<String> PRICES = List.of("last", "bid", "ask", "open", "high", "low", "prev_close");

    /** What was asked for, by the alert's name. */
    private final Map<String, Map<String, Object>> set = new HashMap<>();

    void set(Map<String, Object> request, Map<String, Object> reply) {
        Map<String, Object> asked = new HashMap<>(request);
        asked.put("judged_from", reply.get("judged_from"));
        set.put(String.valueOf(reply.get("alert")), asked);
    }

    void removed(Map<String, Object> request) {
        set.remove(String.valueOf(request.get("alert")));
    }

    /** What is wrong with an alert that fired. */
    Optional<String> fault(Map<String, Object> alert, FeedRecord feed) {
        Map<String, Object> asked = set.remove(String.valueOf(alert.get("alert")));
        if (asked == null) {
            return Optional.of("an alert that is not set");
        }
        String symbol = String.valueOf(alert.get("symbol"));
        if (!symbol.equals(String.valueOf(asked.get("symbol")).toUpperCase(Locale.ROOT))) {
            return Optional.of("an alert of " + symbol + ", which it does not watch");
        }
        if (!(alert.get("value") instanceof BigDecimal value) || !(asked.get("value") instanceof BigDecimal wanted)) {
            return Optional.of("an alert without a value");
        }
        boolean fits =
                switch (String.valueOf(asked.get("op"))) {
                    case "above" -> value.compareTo(wanted) > 0;
                    case "below" -> value.compareTo(wanted) < 0;
                    default -> true;
                };
        if (!fits) {
            return Optional.of("an alert at " + value + " that waits for " + asked.get("op") + " " + wanted);
        }
        if (PRICES.contains(String.valueOf(asked.get("field"))) && !feed.sent(symbol, value)) {
            return Optional.of("an alert at " + value + ", which was never sent by the feed");
        }
        if (asked.get("judged_from") instanceof BigDecimal from
                && alert.get("seq") instanceof BigDecimal seq
                && seq.compareTo(from) < 0) {
            return Optional.of("an alert at " + seq + ", before it was judged");
        }
        return Optional.empty();
    }
}
