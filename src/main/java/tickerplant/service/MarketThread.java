package tickerplant.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tickerplant.bus.Handover;

/** The one thread that owns the market, the hub and what every client follows. Others hand it what is to be done. */
final class MarketThread {
    private static final Logger LOG = System.getLogger(MarketThread.class.getName());
    private static final int ROOM = 8192;
    private static final long STOP_MILLIS = 2_000;

    private final Handover<Runnable> work = new Handover<>(ROOM);
    /** For the market thread alone. */
    private boolean stopping;

    private final Thread thread = new Thread(this::run, "market");

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** What is to be done, in its order; putting never waits, putting when there is room does. */
    Handover<Runnable> work() {
        return work;
    }

    /** Waits until all that was handed over before has been done; answers whether that was so in time. */
    boolean settle(Duration deadline) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        work.put(done::countDown);
        return done.await(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends once all that was handed over before has been done; answers whether that was so in time. */
    boolean stop() throws InterruptedException {
        work.put(() -> stopping = true);
        thread.join(STOP_MILLIS);
        if (thread.isAlive()) {
            // a step that waits for something
            thread.interrupt();
            thread.join(STOP_MILLIS / 10);
        }
        return !thread.isAlive();
    }

    private void run() {
        try {
            while (!stopping) {
                for (Runnable task : work.take()) {
                    perform(task);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops
        }
    }

    /** A failure in one step must not stop the market. */
    private static void perform(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a step on the market thread failed: " + task, e);
        }
    }
}
