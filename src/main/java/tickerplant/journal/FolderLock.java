package tickerplant.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps everybody else who writes out of a folder, also after a crash: the system lets go of it with the process. */
final class FolderLock implements AutoCloseable {
    private static final Logger LOG = System.getLogger(FolderLock.class.getName());

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Which folder. */
    Path folder() {
        return folder;
    }

    /**
     * Takes the folder, which is made where there is none.
     *
     * @throws IOException where it can't be written, or somebody else has it; the message is for a person
     */
    static FolderLock of(Path folder) throws IOException {
        FileChannel channel;
        try {
            Files.createDirectories(folder);
            channel = FileChannel.open(
                    folder.resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("the folder " + folder + " can't be written: " + e, e);
        }
        try {
            FileLock taken = channel.tryLock();
            if (taken != null) {
                return new FolderLock(folder, channel);
            }
        } catch (OverlappingFileLockException e) {
            LOG.log(Level.DEBUG, "it is this process that has it", e);
        }
        channel.close();
        throw new IOException("the folder " + folder + " is in use by another server");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
