package tickerplant.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Brings recordings into the journal of a folder that no service uses. Each recording becomes an epoch of its own, so that
 * what it tells has sequences that never meant anything else, and can be told to have been there before. For one thread.
 */
public final class Backfill implements AutoCloseable {
    private final FolderLock lock;
    private final Store store;
    private final Found found;

    private Backfill(FolderLock lock, Store store, Found found) {
        this.lock = lock;
        this.store = store;
        this.found = found;
    }

    /**
     * Opens the journal of a folder; both are made where they aren't there.
     *
     * @throws IOException where it can't be, or a service uses it; the message is for a person
     */
    public static Backfill in(Path folder) throws IOException {
        FolderLock lock = FolderLock.of(folder);
        try {
            Path file = SqliteJournal.file(folder);
            Found found = new Opening(file).lookOnly();
            return new Backfill(lock, new Store(file), found);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        } catch (SQLException e) {
            lock.close();
            throw failed(e);
        }
    }

    static IOException failed(SQLException e) {
        return new IOException("the journal can't be written: " + e.getMessage(), e);
    }

    /**
     * Begins a recording, or goes on where that broke off.
     *
     * @param name of its epoch; the same for the same content, and for no other
     * @param source what people call it
     * @return what takes its events, all of them from its beginning; empty where it is there already
     */
    public Optional<Import> begin(String name, String source) throws IOException {
        return begin(name, source, Import.COMMIT);
    }

    Optional<Import> begin(String name, String source, int commit) throws IOException {
        Optional<Epoch> known =
                found.epochs.stream().filter(each -> each.name().equals(name)).findFirst();
        if (known.filter(epoch -> epoch.state() == Epoch.State.IMPORTED).isPresent()) {
            return Optional.empty();
        }
        Epoch epoch = known.orElseGet(() -> new Epoch(found.nextEid(), name, Epoch.State.IMPORTING, source));
        try {
            store.epoch(epoch);
            store.commit();
        } catch (SQLException e) {
            throw failed(e);
        }
        if (known.isEmpty()) {
            found.epochs.add(epoch);
        }
        return Optional.of(new Import(store, found, epoch, commit));
    }

    /** Lets go of the folder; what was not finished goes on another time. */
    @Override
    public void close() throws IOException {
        try {
            store.fold();
            store.close();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            lock.close();
        }
    }

    /** Whether there is a journal in a folder. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(SqliteJournal.file(folder));
    }
}
