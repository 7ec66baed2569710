package tickerplant.feed.published;

import java.util.Optional;
import tickerplant.market.Instrument;
import tickerplant.market.Receipt;
import tickerplant.market.Symbol;

/**
 * Where the events of publishers go, and how far each publisher has come. What the feed tells its sink belongs to one message until
 * {@link #enter} is called. For the feed's thread alone.
 */
public interface Ledger {
    /** Why nothing that is entered now would be safe, in words for a person; empty where all is well. */
    Optional<String> trouble();

    /** The number of the last message of a publisher that was entered, 0 where there is none. */
    long last(String publisher) throws InterruptedException;

    /** The same, once everything that anybody has entered anywhere by now has been looked at. */
    default long lastAnywhere(String publisher) throws InterruptedException {
        return last(publisher);
    }

    /** An instrument of this feed that was listed, perhaps elsewhere; empty where the symbol is not known. */
    default Optional<Instrument> listed(Symbol symbol) {
        return Optional.empty();
    }

    /**
     * Enters a message: all events that were told since the last one, as a whole.
     *
     * @param publisher whose; empty where nobody is to be remembered
     * @param pseq its number
     * @param receipt hears whether it is safe from what the ledger protects against
     */
    void enter(String publisher, long pseq, Receipt receipt) throws InterruptedException;

    /** What was told since the last message was entered is not to be entered: something failed. */
    void drop();

    /** A message came again that was entered before; nothing is entered, but it may not be safe yet. */
    void again(String publisher, long pseq, Receipt receipt) throws InterruptedException;
}
