package tickerplant.service;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tickerplant.market.Clock;
import tickerplant.message.CloseCode;

/**
 * Whether one client has shown who it is, and for how long that holds. Its container's threads and the market thread write,
 * the housekeeping thread reads.
 */
final class Login {
    private final Clock clock;
    private final long deadline;
    private volatile boolean missing;
    private volatile long expiresMillis = Long.MAX_VALUE;

    private Login(Clock clock, boolean missing, long timeoutMillis) {
        this.clock = clock;
        this.missing = missing;
        this.deadline = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /** Of a client that nobody asks who it is. */
    static Login notNeeded(Clock clock) {
        return new Login(clock, false, 0);
    }

    /** Of a client that has to show a token within this time. */
    static Login within(long timeoutMillis, Clock clock) {
        return new Login(clock, true, timeoutMillis);
    }

    /** Whether nothing else may be asked for yet. */
    boolean isMissing() {
        return missing;
    }

    /** The client has shown a token. */
    void shown() {
        missing = false;
    }

    /** Until when its newest token holds. */
    void holdsUntil(long millis) {
        expiresMillis = millis;
    }

    /** Why the client has to go now, where it has to. */
    Optional<CloseCode> lapse() {
        if (missing && clock.nanos() - deadline >= 0) {
            return Optional.of(CloseCode.NOT_AUTHENTICATED);
        }
        if (TimeUnit.MICROSECONDS.toMillis(clock.micros()) >= expiresMillis) {
            return Optional.of(CloseCode.AUTHENTICATION_FAILED);
        }
        return Optional.empty();
    }
}
