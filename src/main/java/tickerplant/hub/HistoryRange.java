package tickerplant.hub;

/**
 * What somebody wants to know of the past. Rows must be within all of the bounds.
 *
 * @param from the earliest time of a trade or start of a bar, in microseconds since the epoch
 * @param to the time before which they are
 * @param afterSeq the sequence after which they are
 * @param limit the most rows that are wanted, at least 1
 */
public record HistoryRange(long from, long to, long afterSeq, int limit) {
    /** Everything, as many rows of it as that. */
    public static HistoryRange first(int limit) {
        return new HistoryRange(Long.MIN_VALUE, Long.MAX_VALUE, 0, limit);
    }

    boolean contains(long time) {
        return time >= from && time < to;
    }
}
