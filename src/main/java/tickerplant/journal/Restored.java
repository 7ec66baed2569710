package tickerplant.journal;

import java.util.List;
import tickerplant.market.Dormant;
import tickerplant.market.Update;

/**
 * What there is after a restart.
 *
 * @param epoch the log that sequences count in: the one before where it ended by itself, else a new one
 * @param listings what symbols are, which go on counting from there
 * @param tail the newest events of the epoch in order, one by one; of each symbol nothing is missing after its first
 */
public record Restored(String epoch, List<Dormant> listings, List<Recalled> tail) {
    public Restored {
        listings = List.copyOf(listings);
        tail = List.copyOf(tail);
    }

    /**
     * Something that happened.
     *
     * @param update what
     * @param tickerSeq the sequence of the ticker channel after it
     */
    public record Recalled(Update update, long tickerSeq) {}
}
