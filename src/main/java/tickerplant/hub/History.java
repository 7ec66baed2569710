package tickerplant.hub;

import java.util.List;
import java.util.Optional;
import tickerplant.market.TickerUpdate;
import tickerplant.market.Update;
import tickerplant.message.Row;

/** What a topic remembers, so that a client that was away can be brought back. Owned by the market thread. */
interface History {
    /** The next row of the topic. */
    void add(Row row);

    /** What happened before is not known; that stands now. */
    default void beginsAt(Update standing) {
        // most remember nothing that they could miss
    }

    /** A row from before a restart after all, in order, up to the one that stands. */
    default void remember(Row row) {
        add(row);
    }

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

    /** What the ticker showed at a sequence and after each event since, as far back as is known; nothing in other channels. */
    default List<TickerUpdate> tickersSince(long seq, Row standing) {
        return List.of();
    }
}
