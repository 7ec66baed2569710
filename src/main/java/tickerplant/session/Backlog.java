package tickerplant.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tickerplant.message.Gap;
import tickerplant.message.Row;

/** What waits for one client in one channel. Guarded by the lock of its outbox. */
interface Backlog {
    /** Takes the next row of a slot, for a client that takes what it is sent. */
    void add(Slot slot, Row row);

    /** Takes the next row of a slot, for a client that is behind: what can merge does. */
    default void addBehind(Slot slot, Row row) {
        add(slot, row);
    }

    /** The client is behind: what waits by itself and can merge does. */
    default void fold() {
        // nothing can
    }

    /** The intervals of slots have changed. */
    default void retime() {
        held().retime();
    }

    /** A gap that must be told before any more rows of these slots, where there is one. */
    Optional<Gap> takeGap(Predicate<Slot> whose);

    /**
     * Takes out up to so many rows that may leave, the longest waiting first; one that is told as a gap comes alone, because
     * it is a message of its own.
     */
    List<Row> take(int most);

    /** Takes out every row that waits for these slots, whether its time has come or not. */
    List<Row> take(Predicate<Slot> whose);

    /** Whether anything may leave; what is {@link #held} may not. */
    boolean isReady();

    /** Whether rows that may leave wait behind others, or are merged with them, since rows were last taken. */
    boolean isCrowded();

    /** The slots that wait for their time. */
    Held held();

    /** How many rows wait in all. */
    int size();

    /** Whether nothing waits, neither for the client nor for its time. */
    boolean isEmpty();

    void clear();

    /**
     * So many rows that the client missed are on their way to it, and what happens until it has them waits behind them.
     *
     * @param rows how many
     */
    default void follows(int rows) {
        // what conflates takes no more room for waiting longer
    }
}
