package tickerplant.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * How much there is of each kind, kept with each transaction, because counting it takes as long as reading it. For the one
 * who writes.
 */
final class Totals {
    /** What a block takes beside its body, and a bar altogether: with its place in indexes, and what pages leave free. */
    private static final int ROW_BYTES = 110;

    private static final Kind[] KINDS = Kind.values();

    private final long[] things = new long[KINDS.length];
    private final long[] bytes = new long[KINDS.length];
    private boolean changed;

    Totals(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT kind, things, bytes FROM total")) {
            while (rows.next()) {
                int kind = rows.getInt(1);
                if (kind >= 0 && kind < KINDS.length) {
                    things[kind] = rows.getLong(2);
                    bytes[kind] = rows.getLong(3);
                }
            }
        }
    }

    /** What a block of that body takes. */
    static long block(long body) {
        return body + ROW_BYTES;
    }

    /** There is a block more, or less. */
    void block(Kind kind, long events, long size) {
        things[kind.number()] += events;
        bytes[kind.number()] += size;
        changed = true;
    }

    /** There are so many bars more. */
    void bars(Kind kind, long bars) {
        things[kind.number()] += bars;
        bytes[kind.number()] += bars * ROW_BYTES;
        changed = true;
    }

    long bytes(Kind kind) {
        return bytes[kind.number()];
    }

    /** Writes down what has changed. */
    void save(Connection connection) throws SQLException {
        if (!changed) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("INSERT OR REPLACE INTO total VALUES(?,?,?)")) {
            for (Kind kind : KINDS) {
                statement.setInt(1, kind.number());
                statement.setLong(2, things[kind.number()]);
                statement.setLong(3, bytes[kind.number()]);
                statement.executeUpdate();
            }
        }
        changed = false;
    }

    /** As it stands. */
    List<Holding> holdings(long[] removed) {
        List<Holding> holdings = new ArrayList<>();
        for (Kind kind : KINDS) {
            int at = kind.number();
            holdings.add(new Holding(kind, things[at], bytes[at], removed[at]));
        }
        return holdings;
    }
}
