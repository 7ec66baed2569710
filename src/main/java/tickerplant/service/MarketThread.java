package tickerplant.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tickerplant.bus.Handover;
import tickerplant.market.Clock;

/** The one thread that owns the market, the hub and what every client follows. Others hand it what is to be done. */
final class MarketThread {
    private static final int ROOM = 8192;
    private static final long STOP_MILLIS = 2_000;

    private final Handover<Runnable> work = new Handover<>(ROOM);
    private final Steps steps;
    /** For the market thread alone. */
    private boolean stopping;

    private final Thread thread = new Thread(this::run, "market");

    MarketThread(Clock clock) {
        steps = new Steps("market", clock);
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** What is to be done, in its order; putting never waits, putting when there is room does. */
    Handover<Runnable> work() {
        return work;
    }

    /** How many steps have failed. */
    long failedSteps() {
        return steps.failed();
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
                work.take().forEach(steps::perform);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops
        }
    }
}
