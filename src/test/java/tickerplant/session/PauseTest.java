package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PauseTest {
    private static final long MILLISECOND = 1_000_000;
    /** A clock's origin is anywhere. */
    private static final long NOW = Long.MAX_VALUE - MILLISECOND;

    private final Pause pause = new Pause();

    private long after(long round) {
        pause.roundBegins(NOW);
        pause.roundEnds(NOW + round);
        return pause.end() - NOW - round;
    }

    @Test
    void itIsAsLongAsTheRoundBeforeIt() {
        assertEquals(7 * MILLISECOND, after(7 * MILLISECOND));
    }

    @Test
    void aShortRoundIsFollowedByAMillisecond() {
        assertEquals(MILLISECOND, after(MILLISECOND / 10));
    }

    @Test
    void nobodyWaitsLongerThanTheLongest() {
        assertEquals(Pause.LONGEST_NANOS, after(500 * MILLISECOND));
    }
}
