package tickerplant.server;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;

/** Ends connections that should have ended by themselves, on a thread of its own. Any thread may ask. */
final class Deadlines implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "deadlines");
        thread.setDaemon(true);
        return thread;
    });

    Deadlines() {
        // threads start with the first deadline; those that are left when the server stops are void
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // or thousands that come and go would be kept until their time
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Cuts a connection, with all that is unsent, where it is still open by then. */
    void cutAfter(Duration time, Connection<?> connection) {
        if (!timer.isShutdown()) {
            Future<?> cut =
                    timer.schedule(() -> ConnectionFilter.cut(connection), time.toMillis(), TimeUnit.MILLISECONDS);
            connection.addCloseListener((CloseListener<Closeable, CloseType>) (closed, type) -> cut.cancel(false));
        }
    }

    @Override
    public void close() {
        timer.shutdown();
    }
}
