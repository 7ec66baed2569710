package tickerplant.checker;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the observers of one key know of its states: from a snapshot on, row by row, as far as no row is missing.
 * Rows that an observer heard merged are one step; the states within it are unknown.
 */
final class Timeline {
    private final NavigableMap<Long, Sighting> bases = new TreeMap<>();
    private final NavigableMap<Long, Sighting> steps = new TreeMap<>();

    void learn(Sighting sighting) {
        switch (sighting.kind()) {
            case SNAPSHOT -> bases.putIfAbsent(sighting.seq(), sighting);
            case UPDATE -> steps.merge(sighting.seq(), sighting, (a, b) -> a.after() >= b.after() ? a : b);
            case GAP -> {
                // What was lost before the log changed no state; what was withheld from the observer did.
                if ("feed".equals(sighting.row().get("reason"))) {
                    steps.putIfAbsent(sighting.seq(), sighting);
                }
            }
            case CONTINUED, RESUMED -> {}
        }
    }

    Cursor cursor() {
        return new Cursor();
    }

    /** The sizes by which the volume grew, with the step and its time: the trades, in the order of their sequence. */
    record Growth(long seq, Object ts, BigDecimal size) {}

    /** A trade that an observer of {@code trades} heard. */
    record Trade(Object ts, BigDecimal price, BigDecimal size) {}

    /**
     * What each step printed, by its sequence. The price of a trade is that of the observed trade with the same time
     * and size, where there are as many of them as steps with that growth of volume, or all have one price; else
     * {@code last} where it moved; else it is not known, which bounds but does not decide.
     */
    NavigableMap<Long, Prints> prints(List<Trade> trades) {
        NavigableMap<Long, Prints> prints = new TreeMap<>();
        List<Growth> growths = new ArrayList<>();
        Cursor cursor = cursor();
        for (Sighting step : steps.values()) {
            Optional<Map<String, Object>> before = cursor.at(step.after()).map(HashMap::new);
            Optional<Map<String, Object>> after = cursor.at(step.seq());
            if (before.isEmpty() || after.isEmpty()) {
                continue;
            }
            BigDecimal size = volume(after.get()).subtract(volume(before.get()));
            if (step.seq() - step.after() > 1) {
                prints.put(step.seq(), merged(step.row()));
            } else if (size.signum() <= 0) {
                prints.put(step.seq(), Prints.NONE);
            } else {
                growths.add(new Growth(step.seq(), after.get().get("ts"), size.stripTrailingZeros()));
                Object last = after.get().get("last");
                boolean moved = last != null && !last.equals(before.get().get("last"));
                prints.put(step.seq(), moved ? Prints.of((BigDecimal) last) : Prints.UNKNOWN);
            }
        }
        match(growths, trades, prints);
        return prints;
    }

    /** What was printed in the events after one sequence and up to another; empty where a step sticks out of them. */
    Optional<Prints> printed(NavigableMap<Long, Prints> prints, long after, long to) {
        Prints sum = Prints.NONE;
        long reached = after;
        for (Map.Entry<Long, Prints> step :
                prints.subMap(after, false, to, true).entrySet()) {
            if (steps.get(step.getKey()).after() != reached) {
                return Optional.empty();
            }
            sum = sum.and(step.getValue());
            reached = step.getKey();
        }
        return reached == to ? Optional.of(sum) : Optional.empty();
    }

    private static void match(List<Growth> growths, List<Trade> trades, Map<Long, Prints> prints) {
        Map<List<Object>, Deque<BigDecimal>> prices = new HashMap<>();
        for (Trade trade : trades) {
            if (trade.ts() != null) {
                prices.computeIfAbsent(List.of(trade.ts(), trade.size()), same -> new ArrayDeque<>())
                        .add(trade.price());
            }
        }
        Map<List<Object>, List<Growth>> alike = new HashMap<>();
        for (Growth growth : growths) {
            if (growth.ts() != null) {
                alike.computeIfAbsent(List.of(growth.ts(), growth.size()), same -> new ArrayList<>())
                        .add(growth);
            }
        }
        alike.forEach((same, steps) -> {
            Deque<BigDecimal> printed = prices.getOrDefault(same, new ArrayDeque<>());
            boolean one = printed.stream().distinct().count() == 1;
            if (one || printed.size() == steps.size()) {
                for (Growth growth : steps) {
                    prints.put(growth.seq(), Prints.of(one ? printed.peek() : printed.remove()));
                }
            }
        });
    }

    private static Prints merged(Map<String, Object> row) {
        return row.get("hi") instanceof BigDecimal hi && row.get("lo") instanceof BigDecimal lo
                ? Prints.between(lo, hi)
                : Prints.NONE;
    }

    private static BigDecimal volume(Map<String, Object> state) {
        return state.get("volume") instanceof BigDecimal volume ? volume : BigDecimal.ZERO;
    }

    /** Walks along the states; cheap as long as the sequences asked for do not fall. */
    final class Cursor {
        private final Folded folded = new Folded();

        /** The state at a sequence, good until the next call; empty where it is not known. */
        Optional<Map<String, Object>> at(long seq) {
            if (!folded.isWhole() || seq < folded.seq()) {
                if (bases.isEmpty()) {
                    return Optional.empty();
                }
                folded.snapshot(bases.firstEntry().getValue().row());
            }
            while (folded.seq() < seq) {
                Map.Entry<Long, Sighting> step = steps.higherEntry(folded.seq());
                if (step != null && step.getValue().after() <= folded.seq()) {
                    if (step.getKey() > seq) {
                        return Optional.empty();
                    }
                    apply(step.getValue());
                    continue;
                }
                Map.Entry<Long, Sighting> base = bases.higherEntry(folded.seq());
                if (base == null || base.getKey() > seq) {
                    return Optional.empty();
                }
                folded.snapshot(base.getValue().row());
            }
            return folded.seq() == seq ? Optional.of(folded.live()) : Optional.empty();
        }

        private void apply(Sighting step) {
            if (step.kind() == Sighting.Kind.GAP) {
                folded.gap(step.row());
            } else {
                folded.update(step.row());
            }
        }
    }
}
