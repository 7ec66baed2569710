package tickerplant.bus;

import tickerplant.market.Event;

/** The log of events: the order in which they are taken in is the order of their sequences, everywhere. */
public interface Bus {
    /** Appends an event; waits while its followers are too far behind. Called by any thread. */
    void publish(Event event) throws InterruptedException;
}
