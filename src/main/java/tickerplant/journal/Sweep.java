package tickerplant.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Removes what is too old or too much, the oldest first, a little at a time, so that what is to be written never waits for long.
 * What was removed is said in its place: whoever asks for it hears that it is gone. For the one who writes.
 */
final class Sweep {
    /** Blocks of events, and bars, of one go. */
    private static final int BLOCKS = 48;

    private static final int BARS = 512;

    /** Something that is too old. */
    private record Old(int sid, long eid, long first, long last, long peak, long bytes) {}

    private final Retention retention;
    private final long[] removed = new long[Kind.values().length];

    Sweep(Retention retention) {
        this.retention = retention;
    }

    /** How many things it has removed, by kind. */
    long[] removed() {
        return removed;
    }

    /**
     * Removes a little.
     *
     * @param now in microseconds since the epoch
     * @return whether there may be more
     */
    boolean removeSome(Store store, long now) throws SQLException {
        for (Kind kind : Kind.values()) {
            Optional<Duration> age = Optional.ofNullable(retention.ages().get(kind));
            long before = age.map(each -> now - TimeUnit.SECONDS.toMicros(each.toSeconds()) - kind.micros())
                    .orElse(Long.MIN_VALUE);
            long excess = store.totals().bytes(kind) - retention.sizes().getOrDefault(kind, Long.MAX_VALUE);
            if (age.isEmpty() && excess <= 0) {
                continue;
            }
            long gone = kind.isBars() ? bars(store, kind, before, excess) : events(store, kind, before, excess);
            removed[kind.number()] += gone;
            if (gone > 0) {
                return true;
            }
        }
        return false;
    }

    private static long events(Store store, Kind kind, long before, long excess) throws SQLException {
        int channel = kind.number();
        List<Old> old = new ArrayList<>();
        try (PreparedStatement statement = store.connection()
                .prepareStatement("SELECT sid, eid, first, last, peak, length(body) FROM block"
                        + " WHERE channel=? AND late<2 ORDER BY peak, sid, eid, first LIMIT ?")) {
            statement.setInt(1, channel);
            statement.setInt(2, BLOCKS);
            try (ResultSet rows = statement.executeQuery()) {
                long left = excess;
                while (rows.next() && (rows.getLong(5) < before || left > 0)) {
                    Old each = new Old(
                            rows.getInt(1),
                            rows.getLong(2),
                            rows.getLong(3),
                            rows.getLong(4),
                            rows.getLong(5),
                            Totals.block(rows.getLong(6)));
                    left -= each.bytes();
                    old.add(each);
                }
            }
        }
        long events = 0;
        for (Old each : old) {
            store.remove(each.sid(), kind, each.eid(), each.first(), each.last(), each.peak());
            long count = each.last() - each.first() + 1;
            store.totals().block(kind, -count, -each.bytes());
            events += count;
        }
        return events;
    }

    private static long bars(Store store, Kind kind, long before, long excess) throws SQLException {
        int day = kind == Kind.DAY_BARS ? 1 : 0;
        long most = excess > 0 ? Math.min(BARS, 1 + excess / Totals.block(0)) : 0;
        Connection connection = store.connection();
        List<Old> old = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT sid, start FROM bar WHERE day=? ORDER BY start, sid LIMIT ?")) {
            statement.setInt(1, day);
            statement.setInt(2, BARS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next() && (rows.getLong(2) < before || old.size() < most)) {
                    old.add(new Old(rows.getInt(1), 0, rows.getLong(2), rows.getLong(2), 0, 0));
                }
            }
        }
        try (PreparedStatement bar = connection.prepareStatement("DELETE FROM bar WHERE sid=? AND day=? AND start=?");
                PreparedStatement gone = connection.prepareStatement("INSERT OR REPLACE INTO gone VALUES(?,?,?,?)")) {
            for (Old each : old) {
                bar.setInt(1, each.sid());
                bar.setInt(2, day);
                bar.setLong(3, each.first());
                bar.executeUpdate();
                gone.setInt(1, each.sid());
                gone.setInt(2, day);
                gone.setLong(3, each.first());
                gone.setLong(4, Checksum.of(Store.NOTHING, each.sid(), day, each.first()));
                gone.executeUpdate();
            }
        }
        store.totals().bars(kind, -old.size());
        return old.size();
    }
}
