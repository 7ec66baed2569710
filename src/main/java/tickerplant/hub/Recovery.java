package tickerplant.hub;

import java.util.List;
import java.util.Optional;
import tickerplant.message.Recovered;
import tickerplant.message.Row;

/**
 * What brings a client back that knows a topic up to some sequence. RowMessages in this order: the gap, then the snapshot or the
 * rows.
 *
 * @param how in what way
 * @param missing the run of sequences that can't be had
 * @param rows what follows it, in order; for a snapshot, none
 */
public record Recovery(Recovered how, Optional<Run> missing, List<Row> rows) {
    /**
     * A run of sequences.
     *
     * @param from the first
     * @param to the last
     */
    public record Run(long from, long to) {}

    static Recovery replayed(List<Row> rows) {
        return new Recovery(Recovered.REPLAYED, Optional.empty(), rows);
    }

    static Recovery merged(List<Row> rows) {
        return new Recovery(Recovered.MERGED, Optional.empty(), rows);
    }

    static Recovery partial(Run missing, List<Row> rows) {
        return new Recovery(Recovered.PARTIAL, Optional.of(missing), rows);
    }

    static Recovery expired(Run missing) {
        return new Recovery(Recovered.SNAPSHOT, Optional.of(missing), List.of());
    }

    /** By what stands now, because the client's sequences count in another log. */
    public static Recovery snapshot() {
        return new Recovery(Recovered.SNAPSHOT, Optional.empty(), List.of());
    }
}
