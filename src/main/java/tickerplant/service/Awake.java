package tickerplant.service;

import tickerplant.market.Clock;

/**
 * For how long the process has been running without a break. One that was stopped, or suspended with its machine, has heard
 * nothing meanwhile and can't hold it against its clients. For one thread, which looks often.
 */
final class Awake {
    /** Longer than any pause of a process that runs, shorter than the patience with any client. */
    private static final long BREAK_NANOS = 1_000_000_000L;

    private final Clock clock;
    private long lookedAt;
    private long since;

    Awake(Clock clock) {
        this.clock = clock;
        this.lookedAt = clock.nanos();
        this.since = lookedAt - Long.MAX_VALUE / 2;
    }

    /** For how long, in nanoseconds; where nobody has looked for a second, from now on. */
    long nanos() {
        long now = clock.nanos();
        if (now - lookedAt >= BREAK_NANOS) {
            since = now;
        }
        lookedAt = now;
        return now - since;
    }
}
