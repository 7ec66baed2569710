package tickerplant.bus;

/**
 * Where an entry comes from, in its source's own words. A source numbers what it tells, and numbers grow; so an entry whose number
 * a lane already holds, or has passed, is told for a second time, and changes nothing.
 *
 * @param source who told it, such as a feed or a publisher; empty where it can't be told from its repetition
 * @param position its number in the source, positive
 * @param part which of several entries that the source told under that number, from 0
 */
public record Origin(String source, long position, int part) {
    /** Of what has no number: each such entry is a new one. */
    public static final Origin NONE = new Origin("", 0, 0);

    /** Whether it says where the entry comes from. */
    public boolean isKnown() {
        return !source.isEmpty();
    }

    /** Whether it comes after another one of the same source. */
    public boolean isAfter(Origin other) {
        return position != other.position ? position > other.position : part > other.part;
    }
}
