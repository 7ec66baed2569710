package tickerplant.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tickerplant.market.FixedClock;

class LogThrottleTest {
    private final RecordingLogger logger = new RecordingLogger();
    private final FixedClock clock = FixedClock.at(0);
    private final LogThrottle throttle = new LogThrottle(logger, clock, "feed venue");

    @Test
    void aSecondHasOneLineAndTheNextLineCountsTheRest() {
        for (int i = 1; i <= 5; i++) {
            throttle.warn("warning " + i);
        }
        clock.advance(Duration.ofMillis(999));
        throttle.warn("warning 6");
        clock.advance(Duration.ofMillis(1));
        throttle.warn("warning 7");
        clock.advance(Duration.ofSeconds(1));
        throttle.warn("warning 8");

        assertEquals(
                List.of(
                        "WARNING feed venue: warning 1",
                        "WARNING feed venue: warning 7, suppressed 5",
                        "WARNING feed venue: warning 8"),
                logger.lines());
    }

    @Test
    void failuresShareTheSecondWithWarnings() {
        Error failure = new StackOverflowError("of a test");
        throttle.error("failure 1", failure);
        throttle.error("failure 2", failure);
        throttle.warn("warning 1");
        clock.advance(Duration.ofSeconds(1));
        throttle.warn("warning 2");

        assertEquals(
                List.of("ERROR feed venue: failure 1", "WARNING feed venue: warning 2, suppressed 2"), logger.lines());
        assertEquals(List.of(failure), logger.failures());
    }

    @Test
    void whatWasSuppressedLastIsSaidInTheEndAndOnlyOnce() {
        throttle.warn("warning 1");
        throttle.flush();
        throttle.warn("warning 2");
        throttle.flush();
        throttle.flush();

        assertEquals(List.of("WARNING feed venue: warning 1", "WARNING feed venue: suppressed 1"), logger.lines());
    }
}
