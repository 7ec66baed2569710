package tickerplant.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tickerplant.market.Channel;
import tickerplant.market.Instrument;

/**
 * Makes the file of a journal that no service uses as small as it can be: blocks that hold little become one, and room that is
 * not used goes back to the disk. Broken off at any moment, the journal is whole.
 */
public final class Compaction {
    private static final int READ = 64;

    /** One symbol, channel and epoch. */
    private record Key(int sid, int channel, long eid) {}

    /** A block that may be too small. */
    private record Small(long first, long last, long peak, long bytes, List<Entry> entries) {}

    private final Store store;
    private final Connection connection;

    private Compaction(Store store) {
        this.store = store;
        this.connection = store.connection();
    }

    /**
     * Does it.
     *
     * @throws IOException where it can't be done, or a service uses the folder; the message is for a person
     */
    public static void of(Path folder) throws IOException {
        try (FolderLock lock = FolderLock.of(folder)) {
            Path file = SqliteJournal.file(lock.folder());
            new Opening(file).lookOnly();
            try (Store store = new Store(file)) {
                new Compaction(store).join();
            }
            Sqlite.shrink(file);
        } catch (SQLException e) {
            throw new IOException("the journal can't be compacted: " + e.getMessage(), e);
        }
    }

    private void join() throws SQLException {
        Optional<Key> key = after(new Key(Integer.MIN_VALUE, 0, 0));
        while (key.isPresent()) {
            join(key.get());
            store.commit();
            key = after(key.get());
        }
    }

    private Optional<Key> after(Key key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT sid, channel, eid FROM block WHERE"
                + " (sid, channel, eid)>(?, ?, ?) ORDER BY sid, channel, eid LIMIT 1")) {
            statement.setInt(1, key.sid());
            statement.setInt(2, key.channel());
            statement.setLong(3, key.eid());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Key(rows.getInt(1), rows.getInt(2), rows.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    private void join(Key key) throws SQLException {
        long next = Long.MIN_VALUE;
        long peak = Long.MIN_VALUE;
        List<Small> run = new ArrayList<>();
        int events = 0;
        while (true) {
            List<Small> blocks = from(key, next);
            for (Small block : blocks) {
                boolean fits =
                        !block.entries().isEmpty() && events + block.entries().size() <= Store.BLOCK;
                if (!fits) {
                    peak = join(key, run, peak);
                    run.clear();
                    events = 0;
                }
                if (block.entries().isEmpty() || block.entries().size() > Store.BLOCK) {
                    peak = block.peak();
                } else {
                    run.add(block);
                    events += block.entries().size();
                }
            }
            if (blocks.size() < READ) {
                join(key, run, peak);
                return;
            }
            next = blocks.get(blocks.size() - 1).last() + 1;
        }
    }

    /** Blocks that follow each other become one; answers the latest time up to and including them. */
    private long join(Key key, List<Small> run, long peak) throws SQLException {
        if (run.isEmpty()) {
            return peak;
        }
        Small last = run.get(run.size() - 1);
        if (run.size() > 1) {
            List<Entry> entries = new ArrayList<>();
            run.forEach(each -> entries.addAll(each.entries()));
            Channel channel = Codes.CHANNELS.get(key.channel());
            long bytes = run.stream().mapToLong(Small::bytes).sum();
            store.replace(key.sid(), channel, key.eid(), entries, peak, bytes);
        }
        return last.peak();
    }

    /** The next blocks, of which those that are damaged, or say that something was removed, seem to have nothing in them. */
    private List<Small> from(Key key, long first) throws SQLException {
        List<Small> blocks = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT first, last, peak, late, body, check_sum FROM block"
                        + " WHERE sid=? AND channel=? AND eid=? AND first>=? ORDER BY first LIMIT ?")) {
            statement.setInt(1, key.sid());
            statement.setInt(2, key.channel());
            statement.setLong(3, key.eid());
            statement.setLong(4, first);
            statement.setInt(5, READ);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byte[] body = rows.getBytes(5);
                    long check = Checksum.of(
                            body,
                            key.sid(),
                            key.channel(),
                            key.eid(),
                            rows.getLong(1),
                            rows.getLong(2),
                            rows.getLong(3),
                            rows.getInt(4));
                    boolean isKept = rows.getInt(4) != Store.REMOVED && check == rows.getLong(6);
                    blocks.add(new Small(
                            rows.getLong(1),
                            rows.getLong(2),
                            rows.getLong(3),
                            Totals.block(body.length),
                            isKept ? entries(body) : List.of()));
                }
            }
        }
        return blocks;
    }

    private static List<Entry> entries(byte[] body) {
        List<Entry> entries = new ArrayList<>();
        Unpacked from = new Unpacked(body);
        while (from.hasMore()) {
            entries.add(EventBytes.read(from, sid -> Optional.of(Instrument.WHOLE_MARKET))
                    .orElseThrow());
        }
        return entries;
    }
}
