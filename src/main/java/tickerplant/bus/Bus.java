package tickerplant.bus;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tickerplant.market.LogEntry;
import tickerplant.market.Receipt;
import tickerplant.market.Remembered;
import tickerplant.market.Symbol;

/**
 * The log of events: all that the market does follows from its entries and their order. It has one or more lanes, and each
 * symbol lives in one of them; entries of one lane have the same order for everybody, and what is no symbol's stands in
 * all of them. Everybody who follows it drops, by the same rule, what a source told before (see {@link Origin}); so counting
 * gives everybody the same sequences. Any thread, unless it is said otherwise.
 */
public interface Bus extends AutoCloseable {
    /** The log's name: sequences count within it. */
    String epoch();

    /** How many lanes it has; always the same. */
    int lanes();

    /** The lane of a symbol. */
    int lane(Symbol symbol);

    /** Appends an entry, sooner or later; waits while too much is under way. What one thread appends keeps its order. */
    void publish(LogEntry entry, Origin origin) throws InterruptedException;

    /**
     * Appends what belongs together, in its order.
     *
     * @param receipt hears when all of it is in the log for good, or that this can't be said
     */
    void publish(List<Posting> postings, Receipt receipt) throws InterruptedException;

    /** Why nothing comes through at the moment, in words for a person; empty where all is well. */
    Optional<String> trouble();

    /** What was kept last; empty where nothing ever was. */
    Optional<Snapshot> snapshot() throws IOException, InterruptedException;

    /** What somebody who knows all listings should {@linkplain #keep keep} of a lane. */
    enum Wanted {
        /** Nothing: nobody needs it, somebody else does it, or what was kept before is still being written. */
        NOTHING,
        /** All of them. */
        EVERYTHING,
        /** Those that have changed since the last time. */
        CHANGES
    }

    /**
     * What is to be kept of a lane now. Where several could keep, one of them is asked, and another one when that has gone.
     *
     * @param at where in the lane whoever asks is
     */
    Wanted wanted(int lane, Mark at);

    /**
     * Keeps what symbols of a lane are, for those who join later. Doesn't wait.
     *
     * @param mark the place after which they are that
     * @param listings what {@link #wanted} said
     */
    void keep(int lane, Mark mark, Collection<Remembered> listings);

    /**
     * Lets somebody hear everything from some place on, without end.
     *
     * @param thread where it is handed over; whoever takes from it is the follower's thread
     * @param from for each lane, the place to begin
     * @throws IOException where entries from that place on are no longer there
     */
    Following follow(Handover<Runnable> thread, List<Mark> from, Follower follower) throws IOException;

    /** Ends it; what is under way may be lost, and its receipts say so. */
    @Override
    void close();
}
