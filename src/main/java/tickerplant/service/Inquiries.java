package tickerplant.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tickerplant.command.Command;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/**
 * Executes the commands that take too long for the market thread, on two threads of its own. Containers put them in; past a
 * bound they are refused, so that however much is asked, memory and the way of prices are not touched by it.
 */
final class Inquiries {
    private static final Logger LOG = System.getLogger(Inquiries.class.getName());
    private static final int THREADS = 2;
    private static final int WAITING = 1_024;
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), Inquiries::daemon);

    private final AtomicInteger failures = new AtomicInteger();

    Inquiries() {
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "inquiry");
        thread.setDaemon(true);
        return thread;
    }

    /** Takes a command, whose answer comes in its own time. */
    void put(Command command, ClientSession session) {
        put(command.id(), () -> command.execute(session), session);
    }

    /** Takes what is left of a command, whose answer comes in its own time. */
    void put(RequestId id, Runnable rest, ClientSession session) {
        try {
            threads.execute(() -> execute(id, rest, session));
        } catch (RejectedExecutionException e) {
            session.reply(new ErrorMessage(
                    id, Reason.RATE_LIMITED, "the server is busy with other inquiries, ask again", ""));
        }
    }

    private void execute(RequestId id, Runnable rest, ClientSession session) {
        try {
            rest.run();
        } catch (RuntimeException | Error e) {
            String reference = "inquiry-" + failures.incrementAndGet();
            LOG.log(Level.ERROR, "inquiry failed, reference " + reference, e);
            session.reply(new ErrorMessage(id, Reason.INTERNAL, "the server failed, reference " + reference, ""));
        }
    }

    /** How many have failed. */
    long failed() {
        return failures.get();
    }

    void stop() {
        threads.shutdownNow();
    }
}
