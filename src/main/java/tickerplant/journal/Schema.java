package tickerplant.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables, and which version of them a file has. Every row of worth has a check of its own. */
final class Schema {
    /** {@code TkPl}, so that tools can tell the file. */
    private static final int APPLICATION = 0x546b506c;

    private static final int VERSION = 2;

    private static final String[] TABLES = {
        // an epoch is of a service, or of an imported file, whose name is the source then; the states are those of
        // Epoch
        """
        CREATE TABLE epoch(
            eid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, source TEXT NOT NULL,
            check_sum INTEGER NOT NULL)""",
        """
        CREATE TABLE symbol(
            sid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body BLOB NOT NULL, check_sum INTEGER NOT NULL)""",
        // what was committed in one go, in the order of the log, until it has found its place in the other tables
        """
        CREATE TABLE log(
            id INTEGER PRIMARY KEY, eid INTEGER NOT NULL, events INTEGER NOT NULL,
            body BLOB NOT NULL, check_sum INTEGER NOT NULL)""",
        // events of one symbol and channel, many in a row; peak is the latest time up to and including them, and
        // those are late (1) of which some are earlier than the peak before; 2 says that they were removed for their
        // age
        """
        CREATE TABLE block(
            sid INTEGER NOT NULL, channel INTEGER NOT NULL, eid INTEGER NOT NULL,
            first INTEGER NOT NULL, last INTEGER NOT NULL, peak INTEGER NOT NULL, late INTEGER NOT NULL,
            body BLOB NOT NULL, check_sum INTEGER NOT NULL,
            PRIMARY KEY(sid, channel, eid, first)) WITHOUT ROWID""",
        "CREATE INDEX block_peak ON block(sid, channel, eid, peak)",
        "CREATE INDEX block_late ON block(sid, channel, eid, first) WHERE late=1",
        "CREATE INDEX block_age ON block(channel, peak) WHERE late<2",
        // form tells whether the bar is final, and its steps
        """
        CREATE TABLE bar(
            sid INTEGER NOT NULL, day INTEGER NOT NULL, start INTEGER NOT NULL,
            open INTEGER NOT NULL, high INTEGER NOT NULL, low INTEGER NOT NULL, close INTEGER NOT NULL,
            volume INTEGER NOT NULL, turnover_high INTEGER NOT NULL, turnover_low INTEGER NOT NULL,
            trades INTEGER NOT NULL, form INTEGER NOT NULL,
            eid INTEGER NOT NULL, seq INTEGER NOT NULL, check_sum INTEGER NOT NULL,
            PRIMARY KEY(sid, day, start)) WITHOUT ROWID""",
        "CREATE INDEX bar_age ON bar(day, start)",
        // up to which start bars were removed for their age
        """
        CREATE TABLE gone(
            sid INTEGER NOT NULL, day INTEGER NOT NULL, start INTEGER NOT NULL, check_sum INTEGER NOT NULL,
            PRIMARY KEY(sid, day)) WITHOUT ROWID""",
        // how much there is of each kind
        """
        CREATE TABLE total(
            kind INTEGER PRIMARY KEY, things INTEGER NOT NULL, bytes INTEGER NOT NULL)""",
        """
        CREATE TABLE publisher(
            name TEXT PRIMARY KEY, pseq INTEGER NOT NULL, check_sum INTEGER NOT NULL) WITHOUT ROWID""",
    };

    private Schema() {}

    /** In what a file is none of ours; empty where it is one. */
    static String difference(Connection connection) throws SQLException {
        if (Sqlite.number(connection, "PRAGMA application_id") != APPLICATION) {
            return "belongs to another program";
        }
        long version = Sqlite.number(connection, "PRAGMA user_version");
        return version == VERSION ? "" : "has version " + version + ", expected " + VERSION;
    }

    /**
     * Makes sure that the tables are there.
     *
     * @return what is wrong with the file where it belongs to another program or version; empty where all is well
     */
    static String prepare(Connection connection) throws SQLException {
        if (Sqlite.number(connection, "PRAGMA application_id") != 0
                || Sqlite.number(connection, "SELECT count(*) FROM sqlite_schema") > 0) {
            return difference(connection);
        }
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
            statement.execute("PRAGMA application_id=" + APPLICATION);
            statement.execute("PRAGMA user_version=" + VERSION);
        }
        connection.commit();
        return "";
    }
}
