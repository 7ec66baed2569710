package tickerplant.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;
import tickerplant.market.Listing;
import tickerplant.market.Receipt;
import tickerplant.market.Symbol;
import tickerplant.market.Update;

/** A journal in a folder: a file of SQLite with one writer, and a lock that keeps a second process out. */
final class SqliteJournal implements Journal {
    private static final Logger LOG = System.getLogger(SqliteJournal.class.getName());
    private static final int ROOM = 262_144;
    private static final long GROUP_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long END_MILLIS = 3_000;
    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A symbol as it goes by in the file. */
    record Known(int sid, Instrument instrument) {}

    private final Retention retention;
    private final long sweepNanos;
    private final Path folder;
    private final Path file;
    private final Clock clock;
    private final Waiting waiting;
    private final Shelf shelf = new Shelf();
    private final Readers readers;
    private final Map<Symbol, Known> known = new ConcurrentHashMap<>();
    /** Until it is open: what was found is not to be kept in memory for good. */
    private Optional<FirstLook> firstLook;

    private Optional<FolderLock> lock = Optional.empty();
    private Optional<Recording> recording = Optional.empty();
    private Optional<Writer> writer = Optional.empty();
    private Optional<Thread> thread = Optional.empty();
    private long eid;
    private volatile String epoch = "";
    private volatile boolean isLeft;

    SqliteJournal(Path folder, Clock clock) {
        this(folder, clock, ROOM);
    }

    SqliteJournal(Path folder, Clock clock, int room) {
        this(folder, clock, room, Retention.ALL, SWEEP_NANOS);
    }

    SqliteJournal(Path folder, Clock clock, Retention retention) {
        this(folder, clock, ROOM, retention, SWEEP_NANOS);
    }

    SqliteJournal(Path folder, Clock clock, int room, Retention retention, long sweepNanos) {
        this.retention = retention;
        this.sweepNanos = sweepNanos;
        this.folder = folder;
        this.file = file(folder);
        this.clock = clock;
        this.waiting = new Waiting(room, GROUP_NANOS, clock);
        this.readers = new Readers(file);
        this.firstLook = Optional.of(new FirstLook(folder));
    }

    /** Where the journal of a folder is. */
    static Path file(Path folder) {
        return folder.resolve("journal.db");
    }

    /** Begins to read what there is, on a thread of its own. */
    void lookAhead() {
        firstLook.ifPresent(FirstLook::begin);
    }

    @Override
    public Restored open(String freshEpoch, Consumer<Runnable> market) throws IOException {
        FirstLook look = firstLook.orElseThrow(() -> new IllegalStateException("the journal was opened before"));
        firstLook = Optional.empty();
        FirstLook.Sight first = look.take();
        lock = Optional.of(first.lock());
        try {
            Opening.Sight sight = new Opening(file).begin(first.sight(), freshEpoch);
            begin(sight, market);
            return new Restored(epoch, List.copyOf(sight.found().states.values()), tail(sight.found()));
        } catch (IOException | RuntimeException | Error e) {
            unlock();
            throw e;
        }
    }

    /** Where something is missing, only what came after it is of use. */
    private static List<Restored.Recalled> tail(Found found) {
        List<Restored.Recalled> tail = new ArrayList<>();
        for (Entry entry : found.log) {
            if (entry instanceof Entry.Told told) {
                tail.add(new Restored.Recalled(told.update(), told.tickerSeq()));
            } else if (entry instanceof Entry.Missing missing) {
                Symbol symbol =
                        found.instrument(missing.sid()).map(Instrument::symbol).orElse(Symbol.WHOLE_MARKET);
                tail.removeIf(recalled -> recalled.update().channel() == missing.channel()
                        && recalled.update().instrument().symbol().equals(symbol));
            }
        }
        return tail;
    }

    private void begin(Opening.Sight sight, Consumer<Runnable> market) {
        Found found = sight.found();
        Epoch current = found.epoch.orElseThrow();
        eid = current.eid();
        epoch = current.name();
        found.states.forEach((sid, state) -> known.put(state.symbol(), new Known(sid, state.instrument())));
        Recording begun = new Recording(waiting, known, found.sids, found.pseqs, market);
        Writer writes =
                new Writer(file, current, found.logId, waiting, shelf, clock, retention, sweepNanos, begun::beginRound);
        writes.begins(sight.store());
        Thread writing = new Thread(writes, "journal");
        writing.setDaemon(true);
        writing.start();
        recording = Optional.of(begun);
        checkLater();
        writer = Optional.of(writes);
        thread = Optional.of(writing);
    }

    /** A large file is looked through while it is in use already. */
    private void checkLater() {
        Thread checking = new Thread(
                () -> {
                    try {
                        if (Files.size(file) > Opening.CHECKED_AT_ONCE) {
                            readers.read(connection -> {
                                Opening.check(connection);
                                return true;
                            });
                        }
                    } catch (IOException e) {
                        LOG.log(Level.ERROR, "the check of the journal " + file + " says: " + e.getMessage());
                    }
                },
                "journal-check");
        checking.setDaemon(true);
        checking.start();
    }

    Path folder() {
        return folder;
    }

    /** Lets what has changed find its place now. */
    void beginRound() {
        recording().beginRound();
    }

    private void unlock() throws IOException {
        if (lock.isPresent()) {
            lock.get().close();
            lock = Optional.empty();
        }
    }

    private Recording recording() {
        return recording.orElseThrow(() -> new IllegalStateException("the journal is not open"));
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public void listed(Listing listing) {
        recording().listed(listing);
    }

    @Override
    public void updated(Listing listing, Update update) {
        recording().updated(listing, update);
    }

    @Override
    public void closed(Listing listing, BarUpdate update) {
        recording().closed(listing, update);
    }

    @Override
    public void published(String publisher, long pseq, Receipt receipt) {
        recording().published(publisher, pseq, receipt);
    }

    @Override
    public void repeated(String publisher, long pseq, Receipt receipt) {
        recording().repeated(publisher, pseq, receipt);
    }

    @Override
    public void stepped() {
        recording().stepped();
    }

    @Override
    public OptionalLong pseq(String publisher) {
        return recording().pseq(publisher);
    }

    @Override
    public Optional<String> trouble() {
        return writer.map(Writer::trouble).filter(reason -> !reason.isEmpty());
    }

    @Override
    public long lag() {
        return waiting.lag();
    }

    @Override
    public List<Holding> holdings() {
        return writer.map(Writer::holdings).orElse(List.of());
    }

    @Override
    public long lost() {
        return recording.map(Recording::lost).orElse(0L);
    }

    @Override
    public boolean remembers(String wanted) throws IOException {
        return wanted.equals(epoch) || eid(wanted).isPresent();
    }

    private OptionalLong eid(String name) throws IOException {
        if (name.equals(epoch)) {
            return OptionalLong.of(eid);
        }
        return readers.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT eid FROM epoch WHERE name=?")) {
                statement.setString(1, name);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
                }
            }
        });
    }

    @Override
    public boolean knows(Symbol symbol) {
        return known.containsKey(symbol);
    }

    @Override
    public List<String> epochs(Symbol symbol, long from) throws IOException {
        Known whose = known.get(symbol);
        if (whose == null) {
            return List.of();
        }
        return readers.read(connection -> {
            List<String> names = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT name FROM epoch WHERE eid<>? AND EXISTS(SELECT 1 FROM block WHERE block.sid=? AND"
                            + " block.channel=0 AND block.eid=epoch.eid AND peak>=?) ORDER BY eid DESC")) {
                statement.setLong(1, eid);
                statement.setInt(2, whose.sid());
                statement.setLong(3, from);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                }
            }
            return names;
        });
    }

    @Override
    public Stored<Update> trades(Symbol symbol, String ofEpoch, Query query) throws IOException {
        Known whose = known.get(symbol);
        OptionalLong of = eid(ofEpoch);
        if (whose == null || of.isEmpty()) {
            return new Stored<>(List.of(), OptionalLong.empty());
        }
        Stored<Update> found = events(whose, of.getAsLong(), query);
        if (found.lost().isPresent() && of.getAsLong() == eid) {
            catchUp();
            found = events(whose, eid, query);
        }
        return found;
    }

    private Stored<Update> events(Known whose, long of, Query query) throws IOException {
        List<Entry> last = of == eid ? shelf.events(whose.sid(), Codes.CHANNELS.get(0)) : List.of();
        return readers.read(connection -> new EventReader(
                        whose.sid(), 0, of, whose.instrument(), ofEpoch(connection, whose, of, query))
                .read(connection, last));
    }

    /** An epoch that is over ends where its last event is. */
    private Query ofEpoch(Connection connection, Known whose, long of, Query query) throws SQLException {
        if (of == eid) {
            return query;
        }
        long last = Sqlite.number(
                connection, "SELECT max(last) FROM block WHERE sid=" + whose.sid() + " AND channel=0 AND eid=" + of);
        return new Query(query.from(), query.to(), query.after(), Math.min(last, query.upTo()), query.limit());
    }

    @Override
    public Stored<BarUpdate> bars(Symbol symbol, Interval interval, Query query) throws IOException {
        Known whose = known.get(symbol);
        if (whose == null) {
            return new Stored<>(List.of(), OptionalLong.empty());
        }
        if (interval == Interval.SECOND) {
            return new Stored<>(List.of(), OptionalLong.of(query.upTo()));
        }
        boolean isDay = interval == Interval.DAY;
        List<BarUpdate> last = shelf.bars(whose.sid(), isDay ? Channel.BARS_1D : Channel.BARS_1M);
        return readers.read(connection ->
                new BarReader(whose.sid(), eid, whose.instrument(), interval, query).read(connection, last));
    }

    private void catchUp() throws IOException {
        try {
            waiting.settle(CATCH_UP_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops", e);
        }
    }

    @Override
    public void leave() {
        isLeft = true;
        writer.ifPresent(Writer::leave);
    }

    @Override
    public void close() {
        if (recording.isEmpty()) {
            firstLook.ifPresent(FirstLook::abandon);
            firstLook = Optional.empty();
            return;
        }
        try {
            if (!isLeft) {
                recording().end();
            }
            waiting.end();
            Thread writing = thread.orElseThrow();
            writing.join(END_MILLIS);
            if (writing.isAlive()) {
                LOG.log(Level.ERROR, "the journal could not be ended in time, the next start begins a new epoch");
            }
        } catch (InterruptedException e) {
            LOG.log(Level.WARNING, "the journal was not waited for, the next start may begin a new epoch");
            Thread.currentThread().interrupt();
        } finally {
            readers.close();
            recording = Optional.empty();
            try {
                unlock();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "the lock of " + folder + " was not released", e);
            }
        }
    }
}
