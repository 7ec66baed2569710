package tickerplant.market;

/** Where time comes from; the one real clock is {@link #SYSTEM}, tests bring their own. Safe for any thread. */
public interface Clock {
    /** The time of day in microseconds since the epoch. */
    long micros();

    /** A clock that never goes back, in nanoseconds since some moment. */
    long nanos();

    /**
     * The processor time that the calling thread has used, in nanoseconds since some moment. Where that isn't known, all the
     * time that has passed.
     */
    long processorNanos();

    /** Returns when {@link #nanos} has reached the moment. */
    void sleepUntil(long nanos) throws InterruptedException;

    /** The machine's clock. */
    Clock SYSTEM = new SystemClock();
}
