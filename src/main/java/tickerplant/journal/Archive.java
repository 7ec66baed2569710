package tickerplant.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;
import tickerplant.market.Symbol;
import tickerplant.market.Update;

/**
 * A journal seen from outside, as it stood at one moment, also while a service writes it. Nothing is changed. For one thread.
 */
public final class Archive implements AutoCloseable {
    private final Path folder;
    private final Connection connection;
    private final Found found;

    private Archive(Path folder, Connection connection, Found found) {
        this.folder = folder;
        this.connection = connection;
        this.found = found;
    }

    /**
     * The journal of a folder.
     *
     * @throws IOException where there is none, or it can't be read; the message is for a person
     */
    public static Archive in(Path folder) throws IOException {
        Path file = SqliteJournal.file(folder);
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no journal in the folder " + folder);
        }
        try {
            Connection connection = Sqlite.reader(file);
            try {
                connection.setAutoCommit(false);
                String foreign = Schema.difference(connection);
                if (!foreign.isEmpty()) {
                    throw new IOException("the journal " + file + " " + foreign);
                }
                return new Archive(folder, connection, Found.in(connection));
            } catch (SQLException | IOException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static IOException unreadable(SQLException e) {
        return new IOException("the journal can't be read: " + e.getMessage(), e);
    }

    /** What there is, in lines for a person. */
    public List<String> description() throws IOException {
        try {
            return new Description(folder, connection, found).lines();
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /**
     * Looks at everything that is stored.
     *
     * @param complaints hears of each thing that is not as it should be
     * @return how many rows it looked at
     */
    public long check(Consumer<String> complaints) throws IOException {
        try {
            return new Inspection(connection, found, complaints).look();
        } catch (SQLException e) {
            complaints.accept(String.valueOf(e.getMessage()));
            return 0;
        }
    }

    /**
     * Writes all of it into a file of its own, which is whole, or is not there.
     *
     * @throws IOException where it can't be, or there is such a file
     */
    public static void backup(Path folder, Path to) throws IOException {
        in(folder).close();
        if (Files.exists(to)) {
            throw new IOException("'" + to + "' is there already");
        }
        Path part = to.resolveSibling(to.getFileName() + ".part");
        Files.deleteIfExists(part);
        try {
            Sqlite.copy(SqliteJournal.file(folder), part);
        } catch (SQLException e) {
            Files.deleteIfExists(part);
            throw new IOException("the journal can't be copied to '" + to + "': " + e.getMessage(), e);
        }
        try (FileChannel copy = FileChannel.open(part, StandardOpenOption.WRITE)) {
            copy.force(true);
        }
        Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** All symbols of which anything is known. */
    public List<Symbol> symbols() {
        return found.sids.keySet().stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    /** The epochs in which there is anything of a symbol's channel, the oldest first. */
    public List<String> epochs(Symbol symbol, Channel channel) throws IOException {
        List<String> names = new ArrayList<>();
        for (Epoch epoch : found.epochs) {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT 1 FROM block WHERE sid=? AND channel=? AND eid=? LIMIT 1")) {
                statement.setInt(1, found.sids.get(symbol));
                statement.setInt(2, Codes.of(Codes.CHANNELS, channel));
                statement.setLong(3, epoch.eid());
                try (ResultSet rows = statement.executeQuery()) {
                    if (rows.next() || !late(symbol, channel, epoch).isEmpty()) {
                        names.add(epoch.name());
                    }
                }
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }
        return names;
    }

    /** What is in the log and has no place yet, which is of the newest epoch of a service. */
    private List<Entry> late(Symbol symbol, Channel channel, Epoch epoch) {
        if (!found.epoch.filter(epoch::equals).isPresent()) {
            return List.of();
        }
        int sid = found.sids.get(symbol);
        List<Entry> late = new ArrayList<>();
        for (Entry entry : found.log) {
            if (entry instanceof Entry.Told told
                    ? told.sid() == sid && told.update().channel() == channel
                    : is(entry, sid, channel)) {
                late.add(entry);
            }
        }
        return late;
    }

    private static boolean is(Entry entry, int sid, Channel channel) {
        return entry instanceof Entry.Missing missing && missing.sid() == sid && missing.channel() == channel;
    }

    /** The events of a symbol's channel in one of its {@link #epochs}; the query's last sequence may be beyond them. */
    public Stored<Update> events(Symbol symbol, Channel channel, String name, Query query) throws IOException {
        Epoch epoch = found.epochs.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("the epoch " + name + " is not known"));
        int sid = found.sids.get(symbol);
        int code = Codes.of(Codes.CHANNELS, channel);
        Instrument instrument = found.instrument(sid).orElse(Instrument.WHOLE_MARKET);
        try {
            List<Entry> late = late(symbol, channel, epoch);
            long last = Sqlite.number(
                    connection,
                    "SELECT max(last) FROM block WHERE sid=" + sid + " AND channel=" + code + " AND eid="
                            + epoch.eid());
            for (Entry entry : late) {
                last = Math.max(last, Store.last(entry));
            }
            Query known =
                    new Query(query.from(), query.to(), query.after(), Math.min(last, query.upTo()), query.limit());
            return new EventReader(sid, code, epoch.eid(), instrument, known).read(connection, late);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** The bars of a symbol; of a service that runs, or was not ended, some of the newest may be two seconds old. */
    public Stored<BarUpdate> bars(Symbol symbol, Interval interval, Query query) throws IOException {
        int sid = found.sids.get(symbol);
        Instrument instrument = found.instrument(sid).orElse(Instrument.WHOLE_MARKET);
        try {
            return new BarReader(sid, 0, instrument, interval, query).read(connection, List.of());
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }
}
