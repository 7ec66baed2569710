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
     * A file that is open, and what is in it; for one thread at a time.
     *
     * @param isWhole whether nothing of it was lost, as far as can be told before anything else is known
     */
    record Sight(Store store, Found found, boolean isWhole) {}

    /**
     * Looks at it. Where it is damaged, it is set aside, and a new one is there instead.
     *
     * @return what {@link #begin} takes, or else is to be closed
     */
    Sight look() throws IOException {
        boolean isWhole = torn().isEmpty();
        try {
            return read(isWhole);
        } catch (SQLException e) {
            setAside(e);
        }
        try {
            return read(false);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Begins or resumes an epoch in it.
     *
     * @param freshEpoch the name of the epoch that begins where none can go on
     */
    Sight begin(Sight first, String freshEpoch) throws IOException {
        try {
            return resume(first, freshEpoch);
        } catch (SQLException e) {
            setAside(e);
        }
        try {
            return resume(read(false), freshEpoch);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private IOException failed(SQLException e) {
        return new IOException("the journal " + file + " can't be opened: " + e.getMessage(), e);
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
    Found lookOnly() throws IOException {
        torn();
        try {
            Sight sight = read(true);
            sight.store().close();
            return sight.found();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Sight read(boolean isWhole) throws IOException, SQLException {
        checkLength();
        Connection connection = Sqlite.writer(file);
        try {
            String foreign = Schema.prepare(connection);
            if (!foreign.isEmpty()) {
                throw new IOException("the journal " + file + " " + foreign);
            }
            if (Files.size(file) <= CHECKED_AT_ONCE) {
                check(connection);
            }
            Found found = Found.in(connection);
            found.damage.forEach(
                    what -> LOG.log(Level.ERROR, "the journal " + file + " is damaged, left out: " + what));
            return new Sight(new Store(connection), found, isWhole);
        } catch (IOException | SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static Sight resume(Sight sight, String freshEpoch) throws SQLException {
        Found found = sight.found();
        Store store = sight.store();
        try {
            boolean isEnded = found.epoch
                    .filter(each -> each.state() == Epoch.State.ENDED)
                    .isPresent();
            if (!isEnded || !sight.isWhole() || !found.damage.isEmpty()) {
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
            return sight;
        } catch (SQLException | RuntimeException e) {
            store.close();
            throw e;
        }
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

    /** Puts a damaged file away; what else failed can't be helped. */
    private void setAside(SQLException failure) throws IOException {
        if (!Sqlite.isDamage(failure)) {
            throw failed(failure);
        }
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
                "the journal " + file + " is damaged ("
                        + String.valueOf(failure.getMessage()).strip() + "), set aside as " + aside
                        + "; a new one begins");
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
