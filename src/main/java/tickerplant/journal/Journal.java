package tickerplant.journal;

import java.util.Optional;
import java.util.OptionalLong;
import tickerplant.market.Listing;
import tickerplant.market.Update;

/**
 * Remembers what happened in the market beyond the life of the process. The market thread tells it, in steps: what was
 * recorded in one step is stored as a whole or not at all. Nothing here ever waits for a disk but {@link #close}.
 */
public interface Journal extends AutoCloseable {
    /** A journal that forgets everything with the process. */
    static Journal none() {
        return new MemoryJournal();
    }

    /** A symbol is new. For the market thread. */
    void listed(Listing listing);

    /** Something changed. For the market thread. */
    void updated(Listing listing, Update update);

    /**
     * All that a publisher's message told has been recorded in this step. For the market thread.
     *
     * @param publisher its name
     * @param pseq the number of the message, one more than {@link #pseq} said
     * @param receipt hears when the step is safe
     */
    void published(String publisher, long pseq, Receipt receipt);

    /**
     * A publisher's message came again, which was recorded before and is recorded no second time. For the market thread.
     *
     * @param receipt hears when what was recorded then is safe
     */
    void repeated(String publisher, long pseq, Receipt receipt);

    /** The step is over: what was recorded since the last one belongs together. For the market thread. */
    void stepped();

    /**
     * The number of the last message of a publisher that was recorded, safe or not yet; empty where there is none. For the
     * market thread.
     */
    OptionalLong pseq(String publisher);

    /**
     * Why nothing can be stored at the moment, in words for a person; empty where all is well. What is to be acknowledged is
     * better refused meanwhile than recorded. Any thread.
     */
    Optional<String> trouble();

    /** Stores what is left and ends; nothing must be recorded any more. */
    @Override
    void close();
}
