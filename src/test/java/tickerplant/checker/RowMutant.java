package tickerplant.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Spoils every so manieth of the rows that it can spoil. */
final class RowMutant implements Mutant {
    private static final BigDecimal TINY = new BigDecimal("0.0001");

    private final int period;
    private final Predicate<Row> spoilable;
    private final Spoiling spoiling;
    private int seen;

    /** A row of an update or a snapshot, to be changed at will. */
    private record Row(String type, Key key, Map<String, Object> fields) {
        boolean isUpdate() {
            return type.equals("update");
        }

        boolean isMerged() {
            return fields.containsKey("n");
        }

        boolean has(String field) {
            return fields.get(field) instanceof BigDecimal;
        }

        Row plus(String field, BigDecimal more) {
            Map<String, Object> changed = new LinkedHashMap<>(fields);
            changed.put(field, ((BigDecimal) fields.get(field)).add(more));
            return new Row(type, key, changed);
        }

        Row without(String field) {
            Map<String, Object> changed = new LinkedHashMap<>(fields);
            changed.remove(field);
            return new Row(type, key, changed);
        }
    }

    /** What becomes of a row, given whether it is its turn to be spoiled. */
    private interface Spoiling {
        List<Row> of(Row row, boolean turn);
    }

    private RowMutant(int period, Predicate<Row> spoilable, Spoiling spoiling) {
        this.period = period;
        this.spoilable = spoilable;
        this.spoiling = spoiling;
    }

    static Mutant dropping(int period) {
        return new RowMutant(period, Row::isUpdate, (row, turn) -> turn ? List.of() : List.of(row));
    }

    static Mutant repeating(int period) {
        return new RowMutant(period, Row::isUpdate, (row, turn) -> turn ? List.of(row, row) : List.of(row));
    }

    static Mutant swapping(int period) {
        return new RowMutant(period, Row::isUpdate, new Holding((held, row) -> List.of(row, held)));
    }

    static Mutant mergingSilently(int period) {
        return new RowMutant(
                period, row -> row.isUpdate() && row.key().channel().equals("ticker"), new Holding((held, row) -> {
                    Map<String, Object> both = new LinkedHashMap<>(held.fields());
                    both.putAll(row.fields());
                    return List.of(new Row(row.type(), row.key(), both));
                }));
    }

    static Mutant omittingSnapshot(int period) {
        return new RowMutant(period, row -> !row.isUpdate(), (row, turn) -> turn ? List.of() : List.of(row));
    }

    static Mutant falsifyingSnapshot(int period) {
        return changing(period, row -> !row.isUpdate() && row.has("volume"), row -> row.plus("volume", BigDecimal.ONE));
    }

    static Mutant changingSize(int period) {
        return changing(
                period,
                row -> row.isUpdate() && row.key().channel().equals("trades") && row.has("size"),
                row -> row.plus("size", BigDecimal.ONE));
    }

    static Mutant forgettingChange(int period) {
        return changing(period, row -> row.isUpdate() && !row.isMerged() && row.has("bid"), row -> row.without("bid"));
    }

    static Mutant changingDigit(int period) {
        return changing(period, row -> row.has("last"), row -> row.plus("last", TINY));
    }

    static Mutant freezing(int period) {
        Map<Key, Boolean> frozen = new HashMap<>();
        return new RowMutant(period, Row::isUpdate, (row, turn) -> {
            if (turn) {
                frozen.put(row.key(), true);
            }
            return row.isUpdate() && frozen.containsKey(row.key()) ? List.of() : List.of(row);
        });
    }

    static Mutant straying(int period) {
        return new RowMutant(period, Row::isUpdate, (row, turn) -> {
            Map<String, Object> foreign = new LinkedHashMap<>(row.fields());
            foreign.put("symbol", "ZVZZT");
            return turn ? List.of(row, new Row(row.type(), row.key(), foreign)) : List.of(row);
        });
    }

    static Mutant losingHi(int period) {
        return changing(period, row -> row.has("hi"), row -> row.without("hi"));
    }

    static Mutant loweringHi(int period) {
        return changing(
                period,
                row -> row.has("hi")
                        && !row.fields().get("hi").equals(row.fields().get("lo")),
                row -> row.plus("hi", ((BigDecimal) row.fields().get("lo")).subtract((BigDecimal)
                                row.fields().get("hi"))));
    }

    static Mutant miscounting(int period) {
        return changing(period, row -> row.isMerged() && row.has("volume"), row -> row.plus("volume", BigDecimal.ONE));
    }

    @Override
    public List<String> apply(String text) {
        Message message = Message.of(0, text);
        if (!message.type().equals("update") && !message.type().equals("snapshot")) {
            return List.of(text);
        }
        String channel = String.valueOf(message.members().get("channel"));
        List<Object> rows = new ArrayList<>();
        for (Map<String, Object> fields : message.rows()) {
            Row row = new Row(message.type(), Key.of(channel, fields), fields);
            boolean turn = spoilable.test(row) && ++seen % period == 0;
            spoiling.of(row, turn).forEach(spoiled -> rows.add(spoiled.fields()));
        }
        Map<String, Object> spoiled = new LinkedHashMap<>(message.members());
        spoiled.put("data", rows);
        return List.of(Json.write(spoiled));
    }

    private interface Change {
        Row of(Row row);
    }

    private static Mutant changing(int period, Predicate<Row> spoilable, Change change) {
        return new RowMutant(period, spoilable, (row, turn) -> List.of(turn ? change.of(row) : row));
    }

    /** Keeps a row back until the next one of its key. */
    private static final class Holding implements Spoiling {
        private final Joining joining;
        private Optional<Row> held = Optional.empty();

        interface Joining {
            List<Row> of(Row held, Row row);
        }

        Holding(Joining joining) {
            this.joining = joining;
        }

        @Override
        public List<Row> of(Row row, boolean turn) {
            if (held.isPresent() && held.get().key().equals(row.key())) {
                Row first = held.get();
                held = Optional.empty();
                return row.isUpdate() ? joining.of(first, row) : List.of(row);
            }
            if (turn && held.isEmpty()) {
                held = Optional.of(row);
                return List.of();
            }
            return List.of(row);
        }
    }
}
