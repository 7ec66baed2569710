package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tickerplant.market.FixedClock;

class RequestLimitTest {
    private final FixedClock clock = FixedClock.at(0);
    private final RequestLimit limit = new RequestLimit(clock, 20);

    private int allowed(int asked) {
        int allowed = 0;
        for (int i = 0; i < asked; i++) {
            allowed += limit.allows() ? 1 : 0;
        }
        return allowed;
    }

    @Test
    void twoSecondsWorthMayComeAtOnceAndNotOneMore() {
        assertEquals(40, allowed(1_000));
    }

    @Test
    void whoKeepsToTheRateIsNeverRefused() {
        for (int i = 0; i < 1_000; i++) {
            assertTrue(limit.allows());
            clock.advance(Duration.ofMillis(50));
        }
    }

    @Test
    void whoIsRefusedMayAskAgainAfterOneTwentiethOfASecond() {
        allowed(40);
        clock.advance(Duration.ofMillis(49));
        assertFalse(limit.allows());
        clock.advance(Duration.ofMillis(2));
        assertTrue(limit.allows());
        assertFalse(limit.allows());
    }

    @Test
    void aLongSilenceSavesNoMoreThanTwoSecondsWorth() {
        allowed(40);
        clock.advance(Duration.ofDays(10));
        assertEquals(40, allowed(1_000));
    }

    @Test
    void overTenSecondsNoMoreThanTheRateIsLetThrough() {
        int allowed = 0;
        for (int i = 0; i < 10_000; i++) {
            allowed += allowed(1);
            clock.advance(Duration.ofMillis(1));
        }
        assertTrue(Math.abs(allowed - 240) <= 1, "allowed: " + allowed);
    }
}
