package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tickerplant.market.FixedClock;

class StrikesTest {
    private final FixedClock clock = FixedClock.at(0);
    private final Strikes strikes = new Strikes(clock, 10);

    private void forgives(int count) {
        for (int i = 0; i < count; i++) {
            assertFalse(strikes.strike());
        }
    }

    @Test
    void tenAreForgivenAndTheEleventhIsTooMany() {
        forgives(10);
        assertTrue(strikes.strike());
    }

    @Test
    void theEleventhAtTheEndOfTenSecondsIsTooMany() {
        forgives(10);
        clock.advance(Duration.ofSeconds(10));
        assertTrue(strikes.strike());
    }

    @Test
    void whatIsMoreThanTenSecondsAgoIsForgotten() {
        forgives(10);
        clock.advance(Duration.ofSeconds(10).plusNanos(1));
        forgives(10);
        assertTrue(strikes.strike());
    }

    @Test
    void whoErrsOnceASecondIsForgivenForEver() {
        for (int i = 0; i < 1_000; i++) {
            forgives(1);
            clock.advance(Duration.ofMillis(1_001));
        }
    }
}
