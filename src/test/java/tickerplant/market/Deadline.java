package tickerplant.market;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Until when something must have become so, in real time: late enough for any machine under any load. */
public final class Deadline {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

    /** Whether it is so. */
    @FunctionalInterface
    public interface Condition<E extends Exception> {
        boolean holds() throws E;
    }

    private Deadline() {}

    /**
     * Returns once it is so.
     *
     * @param what is awaited, in words for whoever reads that it did not come
     */
    public static <E extends Exception> void await(String what, Condition<E> condition) throws E {
        await(() -> what, condition);
    }

    /**
     * Returns once it is so.
     *
     * @param what is awaited, or is so instead, asked when it did not come
     */
    public static <E extends Exception> void await(Supplier<String> what, Condition<E> condition) throws E {
        await(PATIENCE, what, condition);
    }

    /** The same within a time that is promised somewhere. */
    public static <E extends Exception> void await(Duration patience, Supplier<String> what, Condition<E> condition)
            throws E {
        long end = Clock.SYSTEM.nanos() + patience.toNanos();
        while (!condition.holds()) {
            if (Clock.SYSTEM.nanos() - end > 0) {
                throw new AssertionError("not within " + patience.toSeconds() + " s: " + what.get());
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted before: " + what.get());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
