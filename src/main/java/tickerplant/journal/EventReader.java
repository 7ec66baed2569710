package tickerplant.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tickerplant.market.Instrument;
import tickerplant.market.LossUpdate;
import tickerplant.market.Update;

/** Reads the events of one symbol, channel and epoch. For one thread, once. */
final class EventReader {
    private static final String COLUMNS = "SELECT first, last, peak, late, body, check_sum FROM block";
    private static final String KEY = " WHERE sid=? AND channel=? AND eid=?";

    private final int sid;
    private final int channel;
    private final long eid;
    private final Instrument instrument;
    private final Query query;
    private final List<Update> found = new ArrayList<>();
    private OptionalLong lost = OptionalLong.empty();
    /** The next sequence that was not looked at. */
    private long next;

    /** Whether what follows is later than what is wanted, but for events that came late. */
    private boolean past;

    EventReader(int sid, int channel, long eid, Instrument instrument, Query query) {
        this.sid = sid;
        this.channel = channel;
        this.eid = eid;
        this.instrument = instrument;
        this.query = query;
    }

    /**
     * Reads.
     *
     * @param shelf the events that may have no place in the file yet; taken before
     */
    Stored<Update> read(Connection connection, List<Entry> shelf) throws SQLException {
        long start = start(connection);
        next = start;
        blocks(connection, COLUMNS + KEY + " AND first>=? AND first<=? ORDER BY first", start);
        if (past && !isFull()) {
            blocks(connection, COLUMNS + KEY + " AND first>=? AND first<=? AND late=1 ORDER BY first", next);
            return result();
        }
        for (Entry entry : shelf) {
            if (Store.first(entry) >= next && Store.first(entry) <= query.upTo()) {
                reach(Store.first(entry));
                take(entry);
                next = Store.last(entry) + 1;
            }
        }
        if (!isFull()) {
            reach(query.upTo() + 1);
        }
        return result();
    }

    private Stored<Update> result() {
        return new Stored<>(found.subList(0, Math.min(found.size(), query.limit())), lost);
    }

    private boolean isFull() {
        return found.size() >= query.limit();
    }

    /** Where to begin: the block with the first sequence, or a later one before which everything is too early. */
    private long start(Connection connection) throws SQLException {
        long first = query.after() + 1;
        long start = first;
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT max(first) FROM block" + KEY + " AND first<=?")) {
            key(statement);
            statement.setLong(4, first);
            try (ResultSet rows = statement.executeQuery()) {
                if (rows.next() && rows.getLong(1) > 0) {
                    start = rows.getLong(1);
                }
            }
        }
        if (query.from() == Long.MIN_VALUE) {
            return start;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT first FROM block" + KEY + " AND peak>=? ORDER BY peak, first LIMIT 1")) {
            key(statement);
            statement.setLong(4, query.from());
            try (ResultSet rows = statement.executeQuery()) {
                if (rows.next()) {
                    long inTime = rows.getLong(1);
                    return isFirst(connection, inTime) ? start : Math.max(start, inTime);
                }
            }
        }
        // everything that has a place is too early
        try (PreparedStatement statement = connection.prepareStatement("SELECT max(last) FROM block" + KEY)) {
            key(statement);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Math.max(start, rows.getLong(1) + 1) : start;
            }
        }
    }

    /** Whether it is the epoch's first block: what may have been before it is then of the epoch before. */
    private boolean isFirst(Connection connection, long first) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM block" + KEY + " AND first<? LIMIT 1")) {
            key(statement);
            statement.setLong(4, first);
            try (ResultSet rows = statement.executeQuery()) {
                return !rows.next();
            }
        }
    }

    private void key(PreparedStatement statement) throws SQLException {
        statement.setInt(1, sid);
        statement.setInt(2, channel);
        statement.setLong(3, eid);
    }

    private void blocks(Connection connection, String sql, long start) throws SQLException {
        boolean lateAlone = past;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            key(statement);
            statement.setLong(4, start);
            statement.setLong(5, query.upTo());
            try (ResultSet rows = statement.executeQuery()) {
                while (!isFull() && (lateAlone || !past) && rows.next()) {
                    if (!lateAlone) {
                        reach(rows.getLong(1));
                    }
                    block(rows);
                    next = rows.getLong(2) + 1;
                }
            }
        }
    }

    private void block(ResultSet rows) throws SQLException {
        long first = rows.getLong(1);
        long last = rows.getLong(2);
        long peak = rows.getLong(3);
        int late = rows.getInt(4);
        byte[] body = rows.getBytes(5);
        if (Checksum.of(body, sid, channel, eid, first, last, peak, late) != rows.getLong(6)) {
            lose(last);
            return;
        }
        boolean isLater = late == 0;
        Unpacked from = new Unpacked(body);
        while (from.hasMore()) {
            Entry entry = EventBytes.read(from, each -> Optional.of(instrument)).orElseThrow();
            isLater &= entry instanceof Entry.Told told && EventBytes.time(told.update()) >= query.to();
            take(entry);
        }
        past |= isLater;
    }

    private void take(Entry entry) {
        if (entry instanceof Entry.Missing missing) {
            lose(missing.to());
        } else if (entry instanceof Entry.Told told) {
            Update update = told.update();
            if (!(update instanceof LossUpdate)
                    && update.seq() > query.after()
                    && update.seq() <= query.upTo()
                    && query.contains(EventBytes.time(update))) {
                found.add(update);
            }
        }
    }

    /** Everything before that sequence should have been there by now. */
    private void reach(long seq) {
        if (seq > next) {
            lose(seq - 1);
        }
    }

    private void lose(long seq) {
        if (seq > query.after() && !isFull()) {
            lost = OptionalLong.of(Math.min(query.upTo(), Math.max(seq, lost.orElse(seq))));
        }
    }
}
