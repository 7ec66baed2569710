package tickerplant.session;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.message.Gap;
import tickerplant.message.Message;

/** What waits for one client in all channels, and when it may leave. Guarded by the lock of its outbox. */
final class Backlogs {
    private static final int ROWS_IN_A_MESSAGE = 4096;

    private static final Backlog[] NONE = {};

    /** Those that were ever asked for: a client follows few channels. */
    private final Map<Channel, Backlog> byChannel = new EnumMap<>(Channel.class);
    /** The same, in an array, because it is looked through for each message. */
    private Backlog[] backlogs = NONE;

    private final Clock clock;
    private final Pace pace;
    private final int queuedRows;
    private final Supplier<Gap.Why> whyDropped;

    Backlogs(Clock clock, Pace pace, int queuedRows, Supplier<Gap.Why> whyDropped) {
        this.clock = clock;
        this.pace = pace;
        this.queuedRows = queuedRows;
        this.whyDropped = whyDropped;
    }

    Backlog of(Channel channel) {
        Backlog known = byChannel.get(channel);
        return known == null ? begin(channel) : known;
    }

    private Backlog begin(Channel channel) {
        Backlog empty = empty(channel);
        byChannel.put(channel, empty);
        backlogs = byChannel.values().toArray(NONE);
        return empty;
    }

    private Backlog empty(Channel channel) {
        if (channel.isBars()) {
            return new QueuedBars(queuedRows, pace, whyDropped);
        }
        return channel.conflates() ? new Conflated(pace) : new Queued(queuedRows, pace, whyDropped);
    }

    /** The next message of what may leave. */
    Optional<Message> next() {
        ripen();
        for (Map.Entry<Channel, Backlog> waiting : byChannel.entrySet()) {
            Backlog backlog = waiting.getValue();
            if (!backlog.isReady()) {
                continue;
            }
            Optional<Gap> gap = backlog.takeGap(slot -> true);
            if (gap.isPresent()) {
                return Optional.of(gap.get());
            }
            // What was lost upstream is taken by itself, so this is one message.
            return RowMessages.messages(waiting.getKey(), clock.micros(), backlog.take(ROWS_IN_A_MESSAGE)).stream()
                    .findFirst();
        }
        return Optional.empty();
    }

    /** Everything that waits for these slots, whether its time has come or not. */
    List<Message> takeAll(Channel channel, Predicate<Slot> whose) {
        List<Message> taken = new ArrayList<>();
        Backlog backlog = of(channel);
        for (Optional<Gap> gap = backlog.takeGap(whose); gap.isPresent(); gap = backlog.takeGap(whose)) {
            taken.add(gap.get());
        }
        taken.addAll(RowMessages.messages(channel, clock.micros(), backlog.take(whose)));
        return taken;
    }

    private void ripen() {
        if (isHolding()) {
            long now = pace.now();
            for (Backlog backlog : backlogs) {
                backlog.held().ripen(now);
            }
        }
    }

    /** Whether anything may leave, as far as can be told without looking at the clock. */
    boolean isReady() {
        for (Backlog backlog : backlogs) {
            if (backlog.isReady()) {
                return true;
            }
        }
        return false;
    }

    /** Whether rows merge or queue up, because the client does not take them as they come. */
    boolean isCrowded() {
        for (Backlog backlog : backlogs) {
            if (backlog.isCrowded()) {
                return true;
            }
        }
        return false;
    }

    /** Whether anything waits for its time. */
    boolean isHolding() {
        for (Backlog backlog : backlogs) {
            if (!backlog.held().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** When the first of what waits for its time may leave; there must be something. */
    long earliest() {
        boolean found = false;
        long earliest = 0;
        for (Backlog backlog : backlogs) {
            if (!backlog.held().isEmpty()) {
                long due = backlog.held().earliest();
                earliest = found && earliest - due < 0 ? earliest : due;
                found = true;
            }
        }
        return earliest;
    }

    /** The intervals of slots have changed. */
    void retime() {
        for (Backlog backlog : backlogs) {
            backlog.retime();
        }
    }

    /** The client is behind: what waits by itself and can merge does. */
    void fold() {
        for (Backlog backlog : backlogs) {
            backlog.fold();
        }
    }

    /** Everything may leave, whatever its time. */
    void release() {
        for (Backlog backlog : backlogs) {
            backlog.held().releaseAll();
        }
    }

    /** How many rows wait. */
    int size() {
        int size = 0;
        for (Backlog backlog : backlogs) {
            size += backlog.size();
        }
        return size;
    }

    void clear() {
        for (Backlog backlog : backlogs) {
            backlog.clear();
        }
    }
}
