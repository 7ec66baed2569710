package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PauseTest {
    private static final long MILLISECOND = 1_000_000;
    /** A clock's origin is anywhere. */
    private static final long NOW = Long.MAX_VALUE - MILLISECOND;

    private static final long PROCESSOR = 77;

    private final Pause pause = new Pause();

    /** The pause after a round that has worked so long, and sent frames of these lengths. */
    private long after(long worked, int... frames) {
        pause.roundBegins(PROCESSOR);
        for (int length : frames) {
            pause.carried(length);
        }
        pause.roundEnds(PROCESSOR + worked, NOW);
        return pause.end() - NOW;
    }

    @Test
    void afterShortFramesItIsAsLongAsTheRoundHasWorked() {
        assertEquals(3 * MILLISECOND, after(3 * MILLISECOND));
    }

    @Test
    void theLongerTheFramesTheLongerItIs() {
        assertEquals(3 * MILLISECOND, after(MILLISECOND, 400, 800));
        assertEquals(2 * MILLISECOND, after(MILLISECOND, Pause.LONG_FRAME_BYTES));
    }

    @Test
    void aSnapshotDelaysNobodyForItsLength() {
        assertEquals(11 * MILLISECOND / 10 * 2, after(MILLISECOND / 5, 200_000));
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
