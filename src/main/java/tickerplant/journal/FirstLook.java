package tickerplant.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Takes a folder and reads the journal in it: on a thread of its own, while the rest of a service is put together, or at the
 * latest when somebody waits for it. In a process that just began that takes as long as much else: SQLite's library is unpacked,
 * and nothing is compiled yet. Any thread.
 */
final class FirstLook {
    private static final Logger LOG = System.getLogger(FirstLook.class.getName());

    /**
     * What there is.
     *
     * @param lock on the folder
     * @param sight of its file
     */
    record Sight(FolderLock lock, Opening.Sight sight) {}

    /** How a file is looked at. */
    interface Looking {
        Opening.Sight at(Path file) throws IOException;
    }

    private final Path folder;
    private final Looking eyes;
    private final FutureTask<Sight> looking = new FutureTask<>(this::look);
    private volatile boolean isAhead;

    FirstLook(Path folder) {
        this(folder, file -> new Opening(file).look());
    }

    FirstLook(Path folder, Looking eyes) {
        this.folder = folder;
        this.eyes = eyes;
    }

    private Sight look() throws IOException {
        FolderLock lock = FolderLock.of(folder);
        try {
            return new Sight(lock, eyes.at(SqliteJournal.file(folder)));
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** Begins, without waiting for the end. */
    void begin() {
        isAhead = true;
        Thread thread = new Thread(looking, "journal-first-look");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits for it, or does it.
     *
     * @return what the caller now has to close
     * @throws IOException where the folder can't be had, or read; the message is for a person
     */
    Sight take() throws IOException {
        looking.run(); // which does nothing where it runs already, or has
        try {
            return looking.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the start was cut short", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException reason) {
                throw reason;
            }
            throw new IllegalStateException("the journal in " + folder + " can't be looked at", e.getCause());
        }
    }

    /** Nobody will take it: the folder is left as it is. */
    void abandon() {
        if (!isAhead) {
            return;
        }
        try {
            Sight sight = take();
            sight.sight().store().close();
            sight.lock().close();
        } catch (IOException | SQLException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "the journal was not opened, nor could it have been", e);
        }
    }
}
