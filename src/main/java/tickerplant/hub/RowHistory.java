package tickerplant.hub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tickerplant.market.CancelUpdate;
import tickerplant.market.LossUpdate;
import tickerplant.market.NewsUpdate;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;
import tickerplant.message.Row;

/** Remembers the newest rows one by one, as many as there is room for. */
final class RowHistory implements History {
    private final Room room;
    private final Deque<Row> rows = new ArrayDeque<>(2);
    /** The latest time of what is forgotten. */
    private long forgottenTs = Long.MIN_VALUE;

    RowHistory(Room room) {
        this.room = room;
    }

    @Override
    public void add(Row row) {
        rows.addLast(row);
        room.taken(this);
    }

    @Override
    public Recovery since(long seq, Row standing) {
        long head = standing.update().seq();
        if (rows.isEmpty()) {
            return Recovery.expired(new Recovery.Run(seq + 1, head));
        }
        long oldest = rows.getFirst().update().seq();
        List<Row> missed = new ArrayList<>();
        for (Row row : rows) {
            if (row.update().seq() > seq) {
                missed.add(row);
            }
        }
        return oldest <= seq + 1
                ? Recovery.replayed(missed)
                : Recovery.partial(new Recovery.Run(seq + 1, oldest - 1), missed);
    }

    @Override
    public Optional<Past> past(Row standing) {
        Update update = standing.update();
        return Optional.of(new RowsPast(
                update.channel(), update.instrument().symbol(), update.seq(), List.copyOf(rows), forgottenTs));
    }

    private void forget() {
        forgottenTs = Math.max(forgottenTs, time(rows.removeFirst()));
    }

    /** When that was which a row tells, in microseconds since the epoch. */
    static long time(Row row) {
        if (row.update() instanceof TradeUpdate trade) {
            return trade.trade().ts();
        }
        if (row.update() instanceof CancelUpdate cancel) {
            return cancel.ts();
        }
        if (row.update() instanceof LossUpdate loss) {
            return loss.ts();
        }
        if (row.update() instanceof NewsUpdate news) {
            return news.news().ts();
        }
        throw new IllegalArgumentException("nothing that is remembered one by one: " + row.update());
    }

    /** How many rows all histories together may keep; the oldest of all gives way. */
    static final class Room {
        private final int budget;
        /** Whose each row is, the oldest first. */
        private final Deque<RowHistory> owners = new ArrayDeque<>();

        Room(int budget) {
            this.budget = budget;
        }

        private void taken(RowHistory history) {
            owners.addLast(history);
            if (owners.size() > budget) {
                owners.removeFirst().forget();
            }
        }
    }
}
