package tickerplant.service;

import tickerplant.message.Frame;
import tickerplant.session.Wire;

/**
 * A connection that takes frames as they go over the network: encoded once for any number of clients, where a container's own
 * interface would encode the text again for each of them.
 */
public interface Line {
    /** Sends a frame whole, after all that was sent before. It doesn't wait, and the receipt may come before it returns. */
    void send(Frame frame, Wire.Receipt receipt);
}
