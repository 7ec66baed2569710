package tickerplant.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReplayedTimeTest {
    private static final long SECOND = 1_000_000;

    private final ReplayedTime time = new ReplayedTime();

    @Test
    void itMovesWhenAnEventLiesInALaterSecond() {
        assertFalse(time.moves(5 * SECOND + 1), "before the first event there was no time");
        assertFalse(time.moves(6 * SECOND - 1));
        assertTrue(time.moves(6 * SECOND));
        assertEquals(6 * SECOND, time.second());
        assertTrue(time.moves(9 * SECOND + 7));
        assertEquals(9 * SECOND, time.second());
    }

    @Test
    void itDoesNotGoBackForALateEvent() {
        time.moves(100 * SECOND);
        assertFalse(time.moves(50 * SECOND));
        assertTrue(time.moves(101 * SECOND));
    }

    @Test
    void oneWildEventDoesNotStopIt() {
        time.moves(100 * SECOND);
        assertTrue(time.moves(1_000_000 * SECOND));
        assertTrue(time.moves(101 * SECOND));
        assertEquals(101 * SECOND, time.second());
        assertTrue(time.moves(102 * SECOND));
    }
}
