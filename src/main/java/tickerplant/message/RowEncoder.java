package tickerplant.message;

import tickerplant.market.Update;

/** Puts an update into the words of a protocol, as UTF-8. Called by any thread. */
public interface RowEncoder {
    /** A row of an update message: what changed. */
    byte[] update(Update update);

    /** A row of a snapshot: all there is. */
    byte[] snapshot(Update update);

    /** A number that both sides can reckon from what they know of the topic, to see whether they agree. */
    int check(Update update);
}
