package tickerplant.hub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tickerplant.market.News;
import tickerplant.market.NewsUpdate;
import tickerplant.market.NothingYet;
import tickerplant.market.Singular;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;
import tickerplant.message.Row;

/** Remembers the newest rows one by one, as many as there is room for. */
final class RowHistory implements History {
    /** What a trade takes that was told once, without its names: measured on a 64-bit JVM. */
    private static final int ROW_BYTES = 300;

    private final Room room;
    private final RowLog rows = new RowLog();
    /** The latest time of what is forgotten. */
    private long forgottenTs = Long.MIN_VALUE;

    RowHistory(Room room) {
        this.room = room;
    }

    @Override
    public void add(Row row) {
        rows.add(row);
        room.taken(this, row);
    }

    @Override
    public void beginsAt(Update standing) {
        if (standing.seq() > 0) {
            forgottenTs = standing instanceof NothingYet ? Long.MAX_VALUE : time(standing);
        }
    }

    @Override
    public Recovery since(long seq, Row standing) {
        long head = standing.update().seq();
        // Every sequence has its row, so where one stands follows from the newest.
        long oldest = head - rows.size() + 1;
        if (oldest > head) {
            return Recovery.expired(new Recovery.Run(seq + 1, head));
        }
        List<Row> missed = rows.last(head - seq);
        return oldest <= seq + 1
                ? Recovery.replayed(missed)
                : Recovery.partial(new Recovery.Run(seq + 1, oldest - 1), missed);
    }

    @Override
    public Optional<Past> past(Row standing) {
        Update update = standing.update();
        return Optional.of(new RowsPast(
                update.channel(), update.instrument().symbol(), update.seq(), rows.last(rows.size()), forgottenTs));
    }

    /** Forgets the oldest row, and answers about how many bytes it took. */
    private int forget() {
        Row oldest = rows.removeFirst();
        forgottenTs = Math.max(forgottenTs, time(oldest));
        return weight(oldest);
    }

    /** About how many bytes a row takes while it is remembered, with the text that it has once somebody has heard it. */
    static int weight(Row row) {
        if (row.update() instanceof TradeUpdate trade) {
            return ROW_BYTES
                    + 2 * (trade.trade().id().length() + trade.trade().venue().length());
        }
        if (row.update() instanceof NewsUpdate news) {
            News item = news.news();
            return ROW_BYTES
                    + 3
                            * (item.headline().length()
                                    + item.url().length()
                                    + item.source().length());
        }
        return ROW_BYTES;
    }

    /** When that was which a row tells, in microseconds since the epoch. */
    static long time(Row row) {
        return time(row.update());
    }

    private static long time(Update update) {
        if (update instanceof Singular one) {
            return one.ts();
        }
        throw new IllegalArgumentException("nothing that is remembered one by one: " + update);
    }

    /** How many rows all histories together may keep; the oldest of all gives way. */
    static final class Room {
        private final int mostRows;
        private final long mostBytes;
        /** Whose each row is, the oldest first. */
        private final Deque<RowHistory> owners = new ArrayDeque<>();

        private long bytes;

        /**
         * Room for rows.
         *
         * @param mostRows how many
         * @param mostBytes that they may take, about
         */
        Room(int mostRows, long mostBytes) {
            this.mostRows = mostRows;
            this.mostBytes = mostBytes;
        }

        private void taken(RowHistory history, Row row) {
            owners.addLast(history);
            bytes += weight(row);
            while (owners.size() > mostRows || bytes > mostBytes) {
                bytes -= owners.removeFirst().forget();
            }
        }
    }
}
