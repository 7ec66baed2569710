package tickerplant.bus;

import java.time.Duration;

/** Somebody follows the log. */
public interface Following extends AutoCloseable {
    /** Where in a lane the follower is. On the follower's thread alone. */
    Mark mark(int lane);

    /** How far a source has come, as far as the follower has heard; {@link Origin#NONE} where it was never heard of. Any thread. */
    Origin held(String source);

    /**
     * Waits until the follower has heard everything that is in the log now.
     *
     * @return whether that was so in time
     */
    boolean catchUp(Duration patience) throws InterruptedException;

    /** How many entries were told for a second time, and dropped. Any thread. */
    long repeated();

    /** Ends it; nothing is told any more. */
    @Override
    void close();
}
