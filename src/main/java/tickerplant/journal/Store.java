package tickerplant.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tickerplant.market.Bar;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;
import tickerplant.market.ListingState;

/** The file, as the one who writes knows it. What it is told is there after {@link #commit}. For one thread. */
final class Store implements AutoCloseable {
    /** How many events a block has at most, so that reading a few does not mean reading many. */
    static final int BLOCK = 256;

    /** How far the blocks of a symbol and channel go. */
    private static final class Front {
        private long last;
        private long peak = Long.MIN_VALUE;
    }

    private record Key(int sid, int channel, long eid) {}

    private final Connection connection;
    private final PreparedStatement log;
    private final PreparedStatement symbol;
    private final PreparedStatement block;
    private final PreparedStatement bar;
    private final PreparedStatement barAgain;
    private final PreparedStatement standing;
    private final PreparedStatement publisher;
    private final PreparedStatement front;
    /** Forgotten where a transaction fails, since it may be ahead of the file then. */
    private final Map<Key, Front> fronts = new HashMap<>();

    private final Packed packed = new Packed();
    private final Totals totals;

    /** Opens a file whose tables are there. */
    Store(Path file) throws SQLException {
        this(Sqlite.writer(file));
    }

    /** Takes over a connection. */
    Store(Connection connection) throws SQLException {
        this.connection = connection;
        // A commit that has failed may be there nevertheless, and is made again.
        log = connection.prepareStatement("INSERT OR REPLACE INTO log VALUES(?,?,?,?,?)");
        symbol = connection.prepareStatement(
                "INSERT INTO symbol VALUES(?,?,?,?) ON CONFLICT(sid) DO UPDATE SET body=excluded.body,"
                        + " check_sum=excluded.check_sum");
        block = connection.prepareStatement("INSERT OR REPLACE INTO block VALUES(?,?,?,?,?,?,?,?,?)");
        bar = connection.prepareStatement("INSERT INTO bar VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        barAgain = connection.prepareStatement("UPDATE bar SET open=?4, high=?5, low=?6, close=?7, volume=?8,"
                + " turnover_high=?9, turnover_low=?10, trades=?11, form=?12, eid=?13, seq=?14, check_sum=?15"
                + " WHERE sid=?1 AND day=?2 AND start=?3");
        standing = connection.prepareStatement("SELECT trades, eid FROM bar WHERE sid=? AND day=? AND start=?");
        publisher = connection.prepareStatement("INSERT OR REPLACE INTO publisher VALUES(?,?,?)");
        front = connection.prepareStatement(
                "SELECT last, peak FROM block WHERE sid=? AND channel=? AND eid=? ORDER BY first DESC LIMIT 1");
        totals = new Totals(connection);
    }

    /** How much there is, with what was not committed yet. */
    Totals totals() {
        return totals;
    }

    /** Where it is. */
    Connection connection() {
        return connection;
    }

    /** Everything since the last commit is there for good. */
    void commit() throws SQLException {
        totals.save(connection);
        connection.commit();
    }

    /** Adds to the log what is committed in one go. */
    void append(long id, long eid, int events, byte[] body) throws SQLException {
        log.setLong(1, id);
        log.setLong(2, eid);
        log.setInt(3, events);
        log.setBytes(4, body);
        log.setLong(5, Checksum.of(body, id, eid, events));
        log.executeUpdate();
    }

    /** How far a publisher has come. */
    void published(String name, long pseq) throws SQLException {
        publisher.setString(1, name);
        publisher.setLong(2, pseq);
        publisher.setLong(3, Checksum.of(name, pseq));
        publisher.executeUpdate();
    }

    /** What a symbol is. */
    void symbol(int sid, ListingState state) throws SQLException {
        packed.clear();
        StateBytes.write(packed, state);
        byte[] body = packed.toArray();
        symbol.setInt(1, sid);
        symbol.setString(2, state.symbol().name());
        symbol.setBytes(3, body);
        symbol.setLong(4, Checksum.of(body, sid));
        symbol.executeUpdate();
    }

    /** A bar of a minute or a day, in the place of what it was before. */
    void bar(int sid, long eid, BarUpdate update) throws SQLException {
        Bar each = update.bar();
        long[] fields = {
            sid,
            update.channel() == Channel.BARS_1D ? 1 : 0,
            each.start(),
            each.open(),
            each.high(),
            each.low(),
            each.close(),
            each.volume(),
            each.turnover().high(),
            each.turnover().low(),
            each.trades(),
            Codes.form(each.isFinal(), update.instrument()),
            eid,
            update.seq()
        };
        if (execute(barAgain, fields) == 0) {
            execute(bar, fields);
            totals.bars(Kind.of(update.channel()), 1);
        }
    }

    private static int execute(PreparedStatement statement, long... fields) throws SQLException {
        for (int i = 0; i < fields.length; i++) {
            statement.setLong(i + 1, fields[i]);
        }
        statement.setLong(fields.length + 1, Checksum.of(NOTHING, fields));
        return statement.executeUpdate();
    }

    /**
     * What of a bar is stored already.
     *
     * @param trades how many it has
     * @param eid the epoch in which it was told so
     */
    record Standing(long trades, long eid) {}

    /** The bar that is stored for a start; empty where there is none. */
    Optional<Standing> standing(int sid, Channel channel, long start) throws SQLException {
        standing.setInt(1, sid);
        standing.setInt(2, channel == Channel.BARS_1D ? 1 : 0);
        standing.setLong(3, start);
        try (ResultSet rows = standing.executeQuery()) {
            return rows.next() ? Optional.of(new Standing(rows.getLong(1), rows.getLong(2))) : Optional.empty();
        }
    }

    /** The bars of a symbol as they are stored, with what was not committed yet. */
    Stored<BarUpdate> bars(int sid, Instrument instrument, Interval interval, Query query) throws SQLException {
        return new BarReader(sid, 0, instrument, interval, query).read(connection, List.of());
    }

    /** The body of a row that has none. */
    static final byte[] NOTHING = {};

    /**
     * Events of one symbol and channel find their place. Those that have found it before are left alone.
     *
     * @param entries each a {@link Entry.Told} or {@link Entry.Missing}, in order
     */
    void shelve(int sid, Channel channel, long eid, List<Entry> entries) throws SQLException {
        int code = Codes.of(Codes.CHANNELS, channel);
        Front reached = front(new Key(sid, code, eid));
        int at = 0;
        while (at < entries.size() && last(entries.get(at)) <= reached.last) {
            at++;
        }
        while (at < entries.size()) {
            int end = Math.min(entries.size(), at + BLOCK);
            block(sid, code, eid, entries.subList(at, end), reached);
            at = end;
        }
    }

    private void block(int sid, int code, long eid, List<Entry> entries, Front reached) throws SQLException {
        packed.clear();
        long before = reached.peak;
        boolean late = false;
        for (Entry entry : entries) {
            if (entry instanceof Entry.Told told) {
                long ts = EventBytes.time(told.update());
                late |= ts < before;
                reached.peak = Math.max(reached.peak, ts);
                EventBytes.write(packed, told);
            } else if (entry instanceof Entry.Missing missing) {
                EventBytes.write(packed, missing);
            }
        }
        long first = first(entries.get(0));
        reached.last = last(entries.get(entries.size() - 1));
        byte[] body = packed.toArray();
        insert(sid, code, eid, first, reached.last, reached.peak, late ? 1 : 0, body);
        totals.block(Kind.of(Codes.CHANNELS.get(code)), reached.last - first + 1, Totals.block(body.length));
    }

    private void insert(int sid, int code, long eid, long first, long last, long peak, int late, byte[] body)
            throws SQLException {
        block.setInt(1, sid);
        block.setInt(2, code);
        block.setLong(3, eid);
        block.setLong(4, first);
        block.setLong(5, last);
        block.setLong(6, peak);
        block.setInt(7, late);
        block.setBytes(8, body);
        block.setLong(9, Checksum.of(body, sid, code, eid, first, last, peak, late));
        block.executeUpdate();
    }

    /**
     * Events that stand in several blocks stand in one from now on.
     *
     * @param before the latest time of those before them
     * @param bytes how much they took until now
     */
    void replace(int sid, Channel channel, long eid, List<Entry> entries, long before, long bytes) throws SQLException {
        int code = Codes.of(Codes.CHANNELS, channel);
        long first = first(entries.get(0));
        long last = last(entries.get(entries.size() - 1));
        try (PreparedStatement statement = connection.prepareStatement(
                "DELETE FROM block WHERE sid=? AND channel=? AND eid=? AND first>=? AND first<=?")) {
            statement.setInt(1, sid);
            statement.setInt(2, code);
            statement.setLong(3, eid);
            statement.setLong(4, first);
            statement.setLong(5, last);
            statement.executeUpdate();
        }
        totals.block(Kind.of(channel), first - last - 1, -bytes);
        Front reached = new Front();
        reached.peak = before;
        block(sid, code, eid, entries, reached);
    }

    /** Takes the oldest block of a symbol, channel and epoch away, and says in its place that it is gone. */
    void remove(int sid, Kind kind, long eid, long first, long last, long peak) throws SQLException {
        int code = kind.number();
        long from = first;
        try (PreparedStatement gone = connection.prepareStatement(
                "DELETE FROM block WHERE sid=? AND channel=? AND eid=? AND first<=? AND last<=? RETURNING first")) {
            gone.setInt(1, sid);
            gone.setInt(2, code);
            gone.setLong(3, eid);
            gone.setLong(4, first);
            gone.setLong(5, last);
            try (ResultSet rows = gone.executeQuery()) {
                while (rows.next()) {
                    from = Math.min(from, rows.getLong(1));
                }
            }
        }
        packed.clear();
        EventBytes.write(packed, new Entry.Missing(sid, Codes.CHANNELS.get(code), from, last));
        insert(sid, code, eid, from, last, peak, REMOVED, packed.toArray());
    }

    /** In the place of whether a block has late events: that it was removed for its age. */
    static final int REMOVED = 2;

    /** The first sequence that an entry tells of. */
    static long first(Entry entry) {
        return entry instanceof Entry.Missing missing
                ? missing.from()
                : ((Entry.Told) entry).update().seq();
    }

    /** The last sequence that an entry tells of. */
    static long last(Entry entry) {
        return entry instanceof Entry.Missing missing
                ? missing.to()
                : ((Entry.Told) entry).update().seq();
    }

    private Front front(Key key) throws SQLException {
        Front known = fronts.get(key);
        if (known != null) {
            return known;
        }
        Front read = new Front();
        front.setInt(1, key.sid);
        front.setInt(2, key.channel);
        front.setLong(3, key.eid);
        try (ResultSet rows = front.executeQuery()) {
            if (rows.next()) {
                read.last = rows.getLong(1);
                read.peak = rows.getLong(2);
            }
        }
        fronts.put(key, read);
        return read;
    }

    /** Forgets the log up to an entry, but for so many of the newest events. */
    void forget(long id, long events) throws SQLException {
        long kept = 0;
        long from = id;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, events FROM log ORDER BY id DESC")) {
            while (kept < events && rows.next()) {
                kept += rows.getLong(2);
                from = Math.min(id, rows.getLong(1) - 1);
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM log WHERE id<=" + from);
        }
    }

    /** How far an epoch has come. */
    void epoch(Epoch epoch) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT OR REPLACE INTO epoch VALUES(?,?,?,?,?)")) {
            statement.setLong(1, epoch.eid());
            statement.setString(2, epoch.name());
            statement.setInt(3, epoch.number());
            statement.setString(4, epoch.source());
            statement.setLong(5, epoch.check());
            statement.executeUpdate();
        }
    }

    /** Puts everything into the one file, so that nothing but it is left. */
    void fold() throws SQLException {
        connection.setAutoCommit(true);
        Sqlite.number(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
