package tickerplant.bus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

    /** Why it will hear nothing more, in words for a person; empty as long as it may. Any thread. */
    Optional<String> failure();

    /** How many entries were told for a second time, and dropped. Any thread. */
    long repeated();

    /** How far behind it is in each lane. Any thread. */
    List<Lag> lags();

    /** Ends it; nothing is told any more. */
    @Override
    void close();
}
