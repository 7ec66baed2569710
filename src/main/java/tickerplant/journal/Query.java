package tickerplant.journal;

/**
 * Which part of the past is wanted.
 *
 * @param from the earliest time of an event or start of a bar, in microseconds since the epoch
 * @param to the time before which they are
 * @param after the sequence after which events are; of no meaning for bars
 * @param upTo the last sequence of an event, or start of a bar, that is wanted
 * @param limit how many at most, at least 1
 */
public record Query(long from, long to, long after, long upTo, int limit) {
    boolean contains(long time) {
        return time >= from && time < to;
    }
}
