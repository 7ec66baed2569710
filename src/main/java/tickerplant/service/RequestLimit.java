package tickerplant.service;

import tickerplant.market.Clock;

/**
 * How often one client may ask: a token bucket that holds two seconds' worth of requests. For the one thread at a time on
 * which a container delivers a client's messages.
 */
final class RequestLimit {
    private static final double NANOS = 1e9;

    private final Clock clock;
    private final double perNano;
    private final double capacity;
    private double tokens;
    private long at;

    RequestLimit(Clock clock, int perSecond) {
        this.clock = clock;
        this.perNano = perSecond / NANOS;
        this.capacity = 2.0 * perSecond;
        this.tokens = capacity;
        this.at = clock.nanos();
    }

    /** Whether one more request is allowed now. */
    boolean allows() {
        long now = clock.nanos();
        tokens = Math.min(capacity, tokens + (now - at) * perNano);
        at = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
