package tickerplant.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Opens the file of a journal: looks whether it is whole, brings it up to date, and begins or resumes an epoch in it. */
final class Opening {
    private static final Logger LOG = System.getLogger(Opening.class.getName());
    /** A larger file is checked after the start: some 8 ms a MiB are too much to wait for. */
    static final long CHECKED_AT_ONCE = 4L << 20;

    private static final int HEADER = 100;

    private final Path file;

    Opening(Path file) {
        this.file = file;
    }

    /**
     * Opens it.
     *
     * @param freshEpoch the name of the epoch that begins where none can go on
     */
    Found open(String freshEpoch) throws IOException {
        Optional<String> torn = torn();
        try {
            return read(freshEpoch, torn.isPresent());
        } catch (SQLException e) {
            if (!Sqlite.isDamage(e)) {
                throw new IOException("the journal " + file + " can't be opened: " + e.getMessage(), e);
            }
            setAside(e.getMessage());
        }
        try {
            return read(freshEpoch, true);
        } catch (SQLException e) {
            throw new IOException("the journal " + file + " can't be opened: " + e.getMessage(), e);
        }
    }

    private Optional<String> torn() throws IOException {
        Optional<String> torn = TornTail.of(beside("-wal"));
        torn.ifPresent(what -> LOG.log(
                Level.WARNING,
                "the write-ahead log of " + file + " ends torn, cut: " + what
                        + "; what was not yet acknowledged, or is damaged, is lost"));
        return torn;
    }

    /**
     * Opens it without beginning an epoch, nor catching up after a crash, which are for the next service.
     *
     * @throws IOException where it can't be, or is damaged
     */
    Found look() throws IOException {
        torn();
        try {
            checkLength();
            try (Connection connection = Sqlite.writer(file)) {
                return look(connection);
            }
        } catch (SQLException e) {
            throw new IOException("the journal " + file + " can't be opened: " + e.getMessage(), e);
        }
    }

    private Found look(Connection connection) throws IOException, SQLException {
        String foreign = Schema.prepare(connection);
        if (!foreign.isEmpty()) {
            throw new IOException("the journal " + file + " " + foreign);
        }
        if (Files.size(file) <= CHECKED_AT_ONCE) {
            check(connection);
        }
        Found found = Found.in(connection);
        found.damage.forEach(what -> LOG.log(Level.ERROR, "the journal " + file + " is damaged, left out: " + what));
        return found;
    }

    private Found read(String freshEpoch, boolean torn) throws IOException, SQLException {
        checkLength();
        try (Connection connection = Sqlite.writer(file)) {
            Found found = look(connection);
            resume(connection, found, freshEpoch, torn);
            return found;
        }
    }

    private static void resume(Connection connection, Found found, String freshEpoch, boolean torn)
            throws SQLException {
        Store store = new Store(connection);
        boolean isEnded =
                found.epoch.filter(each -> each.state() == Epoch.State.ENDED).isPresent();
        if (!isEnded || torn || !found.damage.isEmpty()) {
            if (found.epoch.isPresent()) {
                new Catching(found, found.epoch.get().eid()).on(store);
                LOG.log(Level.WARNING, "the journal was not ended, or is damaged: a new epoch begins");
            }
            found.log.clear();
            long eid = found.nextEid();
            String name = found.hasEpoch(freshEpoch) ? freshEpoch + "-" + eid : freshEpoch;
            found.epoch = Optional.of(new Epoch(eid, name, Epoch.State.OPEN, ""));
        }
        found.epoch = found.epoch.map(each -> each.in(Epoch.State.OPEN));
        store.epoch(found.epoch.orElseThrow());
        store.commit();
        found.holdings = store.totals().holdings(new long[Kind.values().length]);
    }

    /** Answers what is wrong with a file of SQLite as such. */
    static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check(1)")) {
            if (rows.next() && !rows.getString(1).equals("ok")) {
                throw damaged(rows.getString(1));
            }
        }
    }

    /** Once nothing is in a write-ahead log, the file has the length that it says. */
    private void checkLength() throws IOException, SQLException {
        if (!Files.exists(file) || (Files.exists(beside("-wal")) && Files.size(beside("-wal")) > 0)) {
            return;
        }
        try (RandomAccessFile header = new RandomAccessFile(file.toFile(), "r")) {
            long length = header.length();
            if (length == 0) {
                return;
            }
            if (length < HEADER) {
                throw damaged("it has " + length + " bytes");
            }
            header.seek(16);
            int page = header.readUnsignedShort();
            header.seek(28);
            long expected = Integer.toUnsignedLong(header.readInt()) * (page == 1 ? 65_536 : page);
            if (length < expected) {
                throw damaged("it has " + length + " bytes, expected " + expected);
            }
        }
    }

    private static SQLException damaged(String what) {
        return new SQLException(what, "", org.sqlite.SQLiteErrorCode.SQLITE_CORRUPT.code);
    }

    private void setAside(String what) throws IOException {
        int number = 1;
        while (Files.exists(beside(".damaged-" + number))) {
            number++;
        }
        Path aside = beside(".damaged-" + number);
        for (String part : new String[] {"-wal", "-shm", ""}) {
            if (Files.exists(beside(part))) {
                Files.move(beside(part), aside.resolveSibling(aside.getFileName() + part));
            }
        }
        LOG.log(
                Level.ERROR,
                "the journal " + file + " is damaged (" + what.strip() + "), set aside as " + aside
                        + "; a new one begins");
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
