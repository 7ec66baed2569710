package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tickerplant.market.FixedClock;

class AwakeTest {
    private final FixedClock clock = FixedClock.at(0);
    private final Awake awake = new Awake(clock);

    @Test
    void aProcessThatRunsHasAlwaysBeenAwake() {
        for (int i = 0; i < 1_000; i++) {
            clock.advance(Duration.ofMillis(250));
            assertTrue(awake.nanos() > Duration.ofHours(1).toNanos());
        }
    }

    @Test
    void afterABreakItsTimeBeginsAnew() {
        clock.advance(Duration.ofSeconds(30));
        assertEquals(0, awake.nanos());
        clock.advance(Duration.ofMillis(999));
        assertEquals(999_000_000, awake.nanos());
        clock.advance(Duration.ofMillis(999));
        assertEquals(1_998_000_000, awake.nanos());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(0, awake.nanos());
    }
}
