package tickerplant.service;

import java.lang.System.Logger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tickerplant.feed.LogThrottle;
import tickerplant.market.Clock;

/**
 * What one kind of thread does, step by step. A failure costs its step and not the thread: it is counted, and at most once a
 * second logged. Errors are failures too, since what one step needs too much of, the next one may have. Any thread.
 */
final class Steps {
    private final AtomicLong failed = new AtomicLong();
    private final LogThrottle log;

    /** The steps of the thread, or of the threads, of this name. */
    Steps(String thread, Clock clock) {
        this(thread, clock, System.getLogger(Steps.class.getName()));
    }

    Steps(String thread, Clock clock, Logger logger) {
        this.log = new LogThrottle(logger, clock, "thread " + thread);
    }

    /** How many have failed. */
    long failed() {
        return failed.get();
    }

    /** Does a step, which is called in the log as it calls itself. */
    void perform(Runnable step) {
        perform(step, step::toString);
    }

    /**
     * Does a step.
     *
     * @param name what it is called in the log
     */
    void perform(Runnable step, Supplier<String> name) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            failed.incrementAndGet();
            tell(name, e);
        }
    }

    /** The log may fail as the step did. */
    private synchronized void tell(Supplier<String> name, Throwable failure) {
        try {
            log.error("a step failed: " + name.get(), failure);
        } catch (RuntimeException | Error e) {
            // it is counted, and there is nobody left to tell
        }
    }
}
