package tickerplant.bus;

import java.util.List;
import tickerplant.market.Remembered;

/**
 * What the entries of a log came to, so that whoever joins need not hear them all.
 *
 * @param marks for each lane, the place up to which its entries are in the snapshot
 * @param listings what symbols are at the mark of their lane
 */
public record Snapshot(List<Mark> marks, List<Remembered> listings) {
    public Snapshot {
        marks = List.copyOf(marks);
        listings = List.copyOf(listings);
    }
}
