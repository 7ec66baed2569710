package tickerplant.checker;

import java.util.List;

/** The faults that the checker must notice, each with the assertion that is there for it. */
public enum Mutation {
    REPEATS_A_KEY(Assertion.WELL_FORMED),
    WRITES_A_TRAILING_ZERO(Assertion.WELL_FORMED),
    INVENTS_A_TYPE(Assertion.WELL_FORMED),
    FORGETS_A_FIELD(Assertion.WELL_FORMED),
    DROPS_A_ROW(Assertion.NO_SILENT_GAP),
    REPEATS_A_ROW(Assertion.NO_SILENT_GAP),
    SWAPS_TWO_ROWS(Assertion.NO_SILENT_GAP),
    MERGES_WITHOUT_SAYING(Assertion.NO_SILENT_GAP),
    OMITS_A_SNAPSHOT(Assertion.SNAPSHOT_FIRST),
    FALSIFIES_A_SNAPSHOT(Assertion.SNAPSHOT_TRUE),
    CHANGES_A_SIZE(Assertion.ONE_CONTENT),
    FORGETS_A_CHANGE(Assertion.ONE_CONTENT),
    CHANGES_A_DIGIT(Assertion.FEED_PRICES),
    FREEZES(Assertion.CONVERGENCE),
    SENDS_AFTER_UNSUBSCRIBED(Assertion.NOTHING_FOREIGN),
    SENDS_A_FOREIGN_ROW(Assertion.NOTHING_FOREIGN),
    DROPS_A_REPLY(Assertion.ONE_REPLY),
    REPEATS_A_REPLY(Assertion.ONE_REPLY),
    SENDS_BEFORE_SUBSCRIBED(Assertion.ONE_REPLY),
    LOSES_HI(Assertion.MERGE_TRUE),
    LOWERS_HI(Assertion.MERGE_TRUE),
    MISCOUNTS_VOLUME(Assertion.MERGE_TRUE),
    FALSIFIES_CRC(Assertion.HEARTBEAT),
    STOPS_HEARTBEATS(Assertion.HEARTBEAT),
    INVENTS_A_CLOSE_CODE(Assertion.LEGAL_CLOSE);

    private static final int UNDOCUMENTED = 4999;

    private final Assertion caughtBy;

    Mutation(Assertion caughtBy) {
        this.caughtBy = caughtBy;
    }

    /** The assertion that must notice. */
    public Assertion caughtBy() {
        return caughtBy;
    }

    /** A fresh mutant of one connection that spoils every so manieth row, message or reply that it can spoil. */
    public Mutant mutant(int period) {
        return switch (this) {
            case REPEATS_A_KEY -> new TextMutant(period, "^\\{", "{\"type\":\"update\",");
            case WRITES_A_TRAILING_ZERO -> new TextMutant(period, "\"seq\":([0-9]+)(?=[,}])", "\"seq\":$1.0");
            case INVENTS_A_TYPE -> new TextMutant(period, "\"type\":\"update\"", "\"type\":\"updated\"");
            case FORGETS_A_FIELD -> new TextMutant(period, ",\"server_ts\":[0-9.]+", "");
            case DROPS_A_ROW -> RowMutant.dropping(period);
            case REPEATS_A_ROW -> RowMutant.repeating(period);
            case SWAPS_TWO_ROWS -> RowMutant.swapping(period);
            case MERGES_WITHOUT_SAYING -> RowMutant.mergingSilently(period);
            case OMITS_A_SNAPSHOT -> RowMutant.omittingSnapshot(period);
            case FALSIFIES_A_SNAPSHOT -> RowMutant.falsifyingSnapshot(period);
            case CHANGES_A_SIZE -> RowMutant.changingSize(period);
            case FORGETS_A_CHANGE -> RowMutant.forgettingChange(period);
            case CHANGES_A_DIGIT -> RowMutant.changingDigit(period);
            case FREEZES -> RowMutant.freezing(period);
            case SENDS_AFTER_UNSUBSCRIBED -> ReplyMutant.goingOn(period);
            case SENDS_A_FOREIGN_ROW -> RowMutant.straying(period);
            case DROPS_A_REPLY -> ReplyMutant.dropping(period);
            case REPEATS_A_REPLY -> ReplyMutant.repeating(period);
            case SENDS_BEFORE_SUBSCRIBED -> ReplyMutant.hurrying(period);
            case LOSES_HI -> RowMutant.losingHi(period);
            case LOWERS_HI -> RowMutant.loweringHi(period);
            case MISCOUNTS_VOLUME -> RowMutant.miscounting(period);
            case FALSIFIES_CRC -> new TextMutant(period, "\"crc\":[0-9]+", "\"crc\":1");
            case STOPS_HEARTBEATS -> new TextMutant(1, "^.*\"type\":\"heartbeat\".*$", "");
            case INVENTS_A_CLOSE_CODE -> new Parting();
        };
    }

    /** Says everything right until the last word. */
    private static final class Parting implements Mutant {
        @Override
        public List<String> apply(String message) {
            return List.of(message);
        }

        @Override
        public int closeCode(int code) {
            return UNDOCUMENTED;
        }
    }
}
