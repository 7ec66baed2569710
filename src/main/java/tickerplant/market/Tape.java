package tickerplant.market;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The most recent trades of one symbol's trading day, so that a trade can be taken back and the day's figures be what they
 * are without it. Trades that no longer fit live on in the figures alone. Owned by the market thread.
 */
final class Tape {
    private final ArrayDeque<TradeUpdate> recent = new ArrayDeque<>(4);
    private final Set<Long> cancelled = new HashSet<>(4);
    /** The figures of the day up to the oldest recent trade. */
    private Day before;

    private final TapeRoom room;

    Tape(Day before, TapeRoom room) {
        this.before = before;
        this.room = room;
    }

    /** A tape as it was on another machine. */
    Tape(TapeState state, TapeRoom room) {
        this(state.before(), room);
        recent.addAll(state.recent());
        cancelled.addAll(state.cancelled());
        room.taken(recent.size());
    }

    TapeState state() {
        return new TapeState(before, List.copyOf(recent), Set.copyOf(cancelled));
    }

    boolean isEmpty() {
        return recent.isEmpty();
    }

    /** Adds a trade, and tells of each that stands and no longer fits. */
    void add(TradeUpdate update, Consumer<Trade> leaving) {
        recent.addLast(update);
        room.taken();
        while (recent.size() > room.limit()) {
            TradeUpdate oldest = recent.removeFirst();
            room.released(1);
            if (!cancelled.remove(oldest.seq())) {
                before = before.with(oldest.trade());
                leaving.accept(oldest.trade());
            }
        }
    }

    /** Ends the tape with its day. */
    void end() {
        room.released(recent.size());
        recent.clear();
    }

    /** Tells every trade that stands, the oldest first. */
    void forEach(Consumer<Trade> action) {
        for (TradeUpdate update : recent) {
            if (!cancelled.contains(update.seq())) {
                action.accept(update.trade());
            }
        }
    }

    /** Takes a trade back by the venue's name for it, and answers which; empty where it isn't here. */
    Optional<TradeUpdate> cancel(String tradeId) {
        for (Iterator<TradeUpdate> newest = recent.descendingIterator(); newest.hasNext(); ) {
            TradeUpdate update = newest.next();
            if (update.trade().id().equals(tradeId)) {
                return cancelled.add(update.seq()) ? Optional.of(update) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The day's figures from all trades but those taken back. */
    Day day() {
        Day day = before;
        for (TradeUpdate update : recent) {
            if (!cancelled.contains(update.seq())) {
                day = day.with(update.trade());
            }
        }
        return day;
    }

    /** The newest trade that stands. */
    Optional<Trade> last() {
        for (Iterator<TradeUpdate> newest = recent.descendingIterator(); newest.hasNext(); ) {
            TradeUpdate update = newest.next();
            if (!cancelled.contains(update.seq())) {
                return Optional.of(update.trade());
            }
        }
        return Optional.empty();
    }
}
