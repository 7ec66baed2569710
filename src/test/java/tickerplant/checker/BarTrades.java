package tickerplant.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What bars must look like by the trades that observers heard, from the first one on. Each row of a bar must be the fold of
 * the trades that fell into it, as it was after one of them came or was taken back. Days are not judged: where a day begins
 * is not told on the wire.
 */
final class BarTrades {
    private static final Map<String, Long> MILLIS =
            Map.of("1s", 1_000L, "1m", 60_000L, "5m", 300_000L, "15m", 900_000L, "1h", 3_600_000L);
    private static final Set<String> UNPRICED = Set.of("odd_lot", "extended");

    private final Optional<BigDecimal> length;
    private final NavigableMap<Long, Map<String, Object>> rows = new TreeMap<>();
    /** For each start the states that its bar went through; made once the record is complete. */
    private Map<BigDecimal, List<Map<String, Object>>> states;

    BarTrades(String interval) {
        length = Optional.ofNullable(MILLIS.get(interval)).map(BigDecimal::valueOf);
    }

    void learn(Sighting sighting) {
        if (sighting.kind() == Sighting.Kind.UPDATE) {
            rows.put(sighting.seq(), sighting.row());
        }
    }

    /** What is wrong with a bar, as far as the trades tell. */
    Optional<String> fault(Map<String, Object> bar) {
        boolean complete = !rows.isEmpty() && rows.firstKey() == 1L && rows.lastKey() == (long) rows.size();
        if (length.isEmpty() || !complete || !(bar.get("start") instanceof BigDecimal start)) {
            return Optional.empty();
        }
        if (states == null) {
            states = play(length.get());
        }
        List<Map<String, Object>> possible = states.getOrDefault(start.stripTrailingZeros(), List.of());
        boolean ahead = possible.stream()
                .allMatch(state -> number(state.get("trades")).compareTo(number(bar.get("trades"))) < 0);
        // The trades of a bar that is ahead of them may have been cut off by the end of the observer's connection.
        boolean right = ahead || possible.stream().anyMatch(state -> agrees(state, bar));
        return right ? Optional.empty() : Optional.of("the trades in it give none but " + possible);
    }

    private static boolean agrees(Map<String, Object> state, Map<String, Object> bar) {
        return state.keySet().stream().allMatch(field -> {
            Object told = bar.get(field);
            Object right = state.get(field);
            boolean numbers = told instanceof BigDecimal && right instanceof BigDecimal;
            return numbers ? number(told).compareTo(number(right)) == 0 : Objects.equals(told, right);
        });
    }

    private Map<BigDecimal, List<Map<String, Object>>> play(BigDecimal millis) {
        Map<BigDecimal, NavigableMap<Long, Map<String, Object>>> fallen = new LinkedHashMap<>();
        Map<BigDecimal, List<Map<String, Object>>> played = new LinkedHashMap<>();
        rows.forEach((seq, row) -> {
            Map<String, Object> trade = row.containsKey("cancels") ? rows.get(Json.whole(row.get("cancels"))) : row;
            BigDecimal ts = number(trade.get("ts"));
            BigDecimal start = ts.subtract(ts.remainder(millis)).stripTrailingZeros();
            NavigableMap<Long, Map<String, Object>> here = fallen.computeIfAbsent(start, s -> new TreeMap<>());
            if (row.containsKey("cancels")) {
                here.remove(Json.whole(row.get("cancels")));
            } else {
                here.put(seq, row);
            }
            played.computeIfAbsent(start, s -> new ArrayList<>())
                    .add(fold(here.values().stream().toList()));
        });
        return played;
    }

    private static Map<String, Object> fold(List<Map<String, Object>> trades) {
        List<Map<String, Object>> priced = trades.stream()
                .filter(trade -> !(trade.get("cond") instanceof List<?> conditions)
                        || conditions.stream().noneMatch(UNPRICED::contains))
                .sorted(Comparator.comparing(trade -> number(trade.get("ts"))))
                .toList();
        Set<BigDecimal> prices = new HashSet<>();
        priced.forEach(trade -> prices.add(number(trade.get("price"))));
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("open", priced.isEmpty() ? null : priced.get(0).get("price"));
        state.put("high", prices.stream().max(Comparator.naturalOrder()).orElse(null));
        state.put("low", prices.stream().min(Comparator.naturalOrder()).orElse(null));
        state.put(
                "close", priced.isEmpty() ? null : priced.get(priced.size() - 1).get("price"));
        state.put(
                "volume",
                trades.stream().map(trade -> number(trade.get("size"))).reduce(BigDecimal.ZERO, BigDecimal::add));
        state.put("trades", BigDecimal.valueOf(trades.size()));
        return state;
    }

    private static BigDecimal number(Object value) {
        return (BigDecimal) value;
    }
}
