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

    private final Handover<Runnable> work = new Handover<>(ROOM);
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

    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(1));
    }

    private void run() {
        try {
            while (true) {
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
