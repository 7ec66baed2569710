package tickerplant.bus;

import tickerplant.market.LogEntry;

/** The log of events: the order in which they are taken in is the order of their sequences, everywhere. */
public interface Bus {
    /** Appends an entry; waits while its followers are too far behind. Called by any thread. */
    void publish(LogEntry entry) throws InterruptedException;
}
