package tickerplant.feed;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import tickerplant.market.Clock;

/**
 * Warnings and failures of one source, at most one line a second; the next line that gets through says how many didn't.
 * Owned by one thread.
 */
public final class LogThrottle {
    private static final long WINDOW_NANOS = 1_000_000_000L;

    private final Logger logger;
    private final Clock clock;
    private final String source;
    private long quietUntil;
    private boolean logged;
    private long suppressed;

    /** For what goes wrong with one source, whose name starts each line. */
    public LogThrottle(Logger logger, Clock clock, String source) {
        this.logger = logger;
        this.clock = clock;
        this.source = source;
    }

    /** Logs the warning, or counts it where this second has had its line. */
    public void warn(String text) {
        if (isDue()) {
            logger.log(Level.WARNING, line(text));
        }
    }

    /** Logs a failure with its stack, or counts it where this second has had its line. */
    public void error(String text, Throwable failure) {
        if (isDue()) {
            logger.log(Level.ERROR, line(text), failure);
        }
    }

    private boolean isDue() {
        long now = clock.nanos();
        if (logged && now - quietUntil < 0) {
            suppressed++;
            return false;
        }
        logged = true;
        quietUntil = now + WINDOW_NANOS;
        return true;
    }

    private String line(String text) {
        String line = source + ": " + text + (suppressed == 0 ? "" : ", suppressed " + suppressed);
        suppressed = 0;
        return line;
    }

    /** Says how many were suppressed since the last line, if any were; for when the source has no more to say. */
    public void flush() {
        if (suppressed > 0) {
            logger.log(Level.WARNING, source + ": suppressed " + suppressed);
            suppressed = 0;
        }
    }
}
