package tickerplant.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Connections that read, one for each who reads at a time; they are kept for the next. Safe for any thread. */
final class Readers implements AutoCloseable {
    private static final int KEPT = 8;

    /** Something to be read. */
    interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }

    private final Path file;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    Readers(Path file) {
        this.file = file;
    }

    /**
     * Reads something.
     *
     * @throws IOException where it can't be read; the message is for a person
     */
    <T> T read(Reading<T> reading) throws IOException {
        Connection connection = null;
        try {
            connection = take();
            T found = reading.from(connection);
            giveBack(connection);
            return found;
        } catch (SQLException | IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            close(connection);
            throw new IOException("the journal can't be read: " + e.getMessage(), e);
        }
    }

    private Connection take() throws SQLException {
        synchronized (this) {
            if (closed) {
                throw new SQLException("it is closed");
            }
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return Sqlite.reader(file);
    }

    private void giveBack(Connection connection) throws SQLException {
        synchronized (this) {
            if (!closed && idle.size() < KEPT) {
                idle.push(connection);
                return;
            }
        }
        connection.close();
    }

    private static void close(Connection connection) throws IOException {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IOException("the journal can't be read, nor left: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        Deque<Connection> left;
        synchronized (this) {
            closed = true;
            left = new ArrayDeque<>(idle);
            idle.clear();
        }
        for (Connection connection : left) {
            try {
                connection.close();
            } catch (SQLException e) {
                System.getLogger(Readers.class.getName())
                        .log(System.Logger.Level.DEBUG, "a reader's connection did not close", e);
            }
        }
    }
}
