package tickerplant.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import tickerplant.market.BarUpdate;
import tickerplant.market.Clock;
import tickerplant.market.Interval;
import tickerplant.market.Listing;
import tickerplant.market.Receipt;
import tickerplant.market.Symbol;
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

    /**
     * A journal in a folder, which is made where there is none. From now on it is read by a thread of its own, and nobody else
     * can have it, until {@link #close}.
     */
    static Journal in(Path folder, Retention retention, Clock clock) {
        SqliteJournal journal = new SqliteJournal(folder, clock, retention);
        journal.lookAhead();
        return journal;
    }

    /**
     * Begins: reads what there is, and takes what is recorded from now on. Called once, before the market's first entry.
     *
     * @param freshEpoch the name of the epoch where a new one begins
     * @param market where things are handed to the market thread, without waiting
     * @throws IOException where it can't be; the message is one line for a person
     */
    Restored open(String freshEpoch, Consumer<Runnable> market) throws IOException;

    /** The log that sequences count in; known once it is open. Any thread. */
    String epoch();

    /** A symbol is new. For the market thread. */
    void listed(Listing listing);

    /** Something changed. For the market thread. */
    void updated(Listing listing, Update update);

    /**
     * All that a publisher's message told has been recorded in this step. For the market thread.
     *
     * @param publisher its name; empty where nobody is to be remembered
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
     * The number of the last message of a publisher that was recorded, safe or not yet; empty where there is none. Any
     * thread.
     */
    OptionalLong pseq(String publisher);

    /**
     * Why nothing can be stored at the moment, in words for a person; empty where all is well. What is to be acknowledged is
     * better refused meanwhile than recorded. Any thread.
     */
    Optional<String> trouble();

    /** How many things have been recorded and are not safe yet. Any thread. */
    long lag();

    /** How many trades, phases and news had no place and are missing in the journal. Any thread. */
    long lost();

    /** How much is stored of each kind; nothing where nothing is. Any thread. */
    List<Holding> holdings();

    /** A bar was told final, whether for the first time or corrected. For the market thread. */
    void closed(Listing listing, BarUpdate update);

    /** Whether anything is known of an epoch. Any thread that may wait. */
    boolean remembers(String epoch) throws IOException;

    /** Whether anything was ever stored of a symbol. Any thread. */
    boolean knows(Symbol symbol);

    /**
     * The epochs but the current one that may have trades of a symbol from a moment on, the newest first. Any thread that may
     * wait.
     *
     * @param from in microseconds since the epoch
     * @throws IOException where they can't be read; the message is for a person
     */
    List<String> epochs(Symbol symbol, long from) throws IOException;

    /**
     * The trades of a symbol, and what was taken back, as they were told in an epoch. Any thread that may wait.
     *
     * @throws IOException where it can't be read; the message is for a person
     */
    Stored<Update> trades(Symbol symbol, String epoch, Query query) throws IOException;

    /**
     * The bars of a symbol, which outlive epochs: those of which the sequence isn't known, or not of this epoch, have the
     * sequence 0. Of a second there are none. Any thread that may wait.
     *
     * @throws IOException where they can't be read; the message is for a person
     */
    Stored<BarUpdate> bars(Symbol symbol, Interval interval, Query query) throws IOException;

    /**
     * What was recorded is not all that happened, and the market goes on: {@link #close} stores it, and the next start begins a
     * new epoch as after a crash. Any thread.
     */
    void leave();

    /** Stores what is left and ends; nothing must be recorded any more. Also where it was never opened. */
    @Override
    void close();
}
