package tickerplant.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tickerplant.message.Gap;
import tickerplant.message.Row;

/** What waits for one client in one channel. Guarded by the lock of its outbox. */
interface Backlog {
    /** Takes the next row of a slot. */
    void add(Slot slot, Row row);

    /** A gap that must be told before any more rows of these slots, where there is one. */
    Optional<Gap> takeGap(Predicate<Slot> whose);

    /** Takes out up to so many rows, the longest waiting first. */
    List<Row> take(int most);

    /** Takes out every row that waits for these slots. */
    List<Row> take(Predicate<Slot> whose);

    boolean isEmpty();

    void clear();
}
