package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tickerplant.market.FixedClock;
import tickerplant.message.CloseCode;

class LoginTest {
    private final FixedClock clock = FixedClock.at(1_000_000_000);

    @Test
    void whoShowsNothingInTimeHasToGo() {
        Login login = Login.within(5_000, clock);
        assertTrue(login.isMissing());
        clock.advance(Duration.ofMillis(4_999));
        assertEquals(Optional.empty(), login.lapse());
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.of(CloseCode.NOT_AUTHENTICATED), login.lapse());
    }

    @Test
    void whoHasShownATokenMayStayUntilItExpires() {
        Login login = Login.within(5_000, clock);
        login.shown();
        login.holdsUntil(1_000_000 + 60_000);
        clock.advance(Duration.ofMillis(59_999));
        assertEquals(Optional.empty(), login.lapse());
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.of(CloseCode.AUTHENTICATION_FAILED), login.lapse());
        login.holdsUntil(1_000_000 + 120_000);
        assertEquals(Optional.empty(), login.lapse());
    }

    @Test
    void whoNeedsNoTokenMayStayForEver() {
        Login login = Login.notNeeded(clock);
        assertFalse(login.isMissing());
        clock.advance(Duration.ofDays(10_000));
        assertEquals(Optional.empty(), login.lapse());
    }
}
