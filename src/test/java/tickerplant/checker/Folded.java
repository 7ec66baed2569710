package tickerplant.checker;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * One key's state as its rows fold: a snapshot sets, an update changes, a null takes away; of bars, the newest stands. Owned
 * by whoever folds.
 */
public final class Folded {
    private static final Set<String> PLACE = Set.of("symbol", "interval", "seq", "n", "hi", "lo");

    private final Map<String, Object> fields = new TreeMap<>();
    private long seq;
    private boolean whole;

    /** A state of which nothing is known but the sequence it stands at. */
    static Folded from(long seq) {
        Folded folded = new Folded();
        folded.seq = seq;
        return folded;
    }

    Folded copy() {
        Folded copy = new Folded();
        copy.set(seq, fields, whole);
        return copy;
    }

    void snapshot(Map<String, Object> row) {
        fields.clear();
        update(row);
        whole = true;
    }

    void update(Map<String, Object> row) {
        if (row.get("start") instanceof BigDecimal start) {
            if (fields.get("start") instanceof BigDecimal current && start.compareTo(current) < 0) {
                // An earlier bar was corrected; what stands is the newest.
                seq = Json.whole(row.get("seq"));
                return;
            }
            fields.clear(); // a row of bars is always the whole bar
        }
        row.forEach((name, value) -> {
            if (value == null) {
                fields.remove(name);
            } else if (!PLACE.contains(name)) {
                fields.put(name, value);
            }
        });
        seq = Json.whole(row.get("seq"));
    }

    /**
     * Goes past events that will never come. What was lost before the log changed nothing; what was withheld from this
     * client leaves fields unknown until they come again.
     */
    void gap(Map<String, Object> gap) {
        seq = Json.whole(gap.get("to"));
        if (!"feed".equals(gap.get("reason"))) {
            fields.clear();
            whole = false;
        }
    }

    void set(long newSeq, Map<String, Object> state, boolean complete) {
        fields.clear();
        fields.putAll(state);
        seq = newSeq;
        whole = complete;
    }

    /** The sequence last received. */
    public long seq() {
        return seq;
    }

    /** Whether a snapshot lies under it, so that a field that is not there has no value. */
    public boolean isWhole() {
        return whole;
    }

    /** The fields that have a value, without those that only say where a row belongs. */
    public Map<String, Object> fields() {
        return Map.copyOf(fields);
    }

    /** The fields themselves, to be read at once. */
    Map<String, Object> live() {
        return fields;
    }

    /** This symbol's share of the check sum of a {@code ticker} client. */
    long crc(String symbol) {
        CRC32 crc = new CRC32();
        crc.update((symbol + '|' + seq + '|' + text("last") + '|' + text("trades") + '\n')
                .getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private String text(String name) {
        return fields.get(name) instanceof BigDecimal number ? number.toPlainString() : "";
    }

    @Override
    public String toString() {
        return seq + " " + Json.write(fields);
    }
}
