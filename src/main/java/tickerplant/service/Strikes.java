package tickerplant.service;

import java.util.ArrayDeque;
import java.util.Deque;
import tickerplant.market.Clock;

/** Counts what a client did wrong within the last ten seconds. For one thread at a time. */
final class Strikes {
    private static final long SPAN_NANOS = 10_000_000_000L;

    private final Clock clock;
    private final int allowed;
    private final Deque<Long> times = new ArrayDeque<>();

    Strikes(Clock clock, int allowed) {
        this.clock = clock;
        this.allowed = allowed;
    }

    /** One more; answers whether that is too many. */
    boolean strike() {
        long now = clock.nanos();
        times.add(now);
        while (now - times.element() > SPAN_NANOS) {
            times.remove();
        }
        return times.size() > allowed;
    }
}
