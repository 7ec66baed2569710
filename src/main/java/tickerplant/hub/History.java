package tickerplant.hub;

import java.util.Optional;
import tickerplant.message.Row;

/** What a topic remembers, so that a client that was away can be brought back. Owned by the market thread. */
interface History {
    /** The next row of the topic. */
    void add(Row row);

    /**
     * What somebody missed.
     *
     * @param seq up to where he knows the topic; not negative, and less than that of the standing row
     * @param standing what the topic shows now
     */
    Recovery since(long seq, Row standing);

    /**
     * All that is remembered one by one; empty of what is only remembered merged.
     *
     * @param standing what the topic shows now
     */
    default Optional<Past> past(Row standing) {
        return Optional.empty();
    }
}
