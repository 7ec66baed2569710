package tickerplant.feed.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 1_000, 100_000})
    void everySecondHasExactlyItsEventsEachLaterThanTheLast(long rate) {
        Pace pace = new Pace(rate, new Dice(1));
        long last = -1;
        for (long i = 0; i < 5 * rate; i++) {
            long offset = pace.next();
            assertTrue(offset > last, offset + " after " + last);
            assertEquals(i / rate, offset / SECOND, "event " + i);
            last = offset;
        }
    }

    @Test
    void theFastestPaceStillGoesForward() {
        Pace pace = new Pace(10_000_000, new Dice(1));
        long last = -1;
        for (int i = 0; i < 20_000_000; i++) {
            long offset = pace.next();
            if (offset <= last) {
                throw new AssertionError(offset + " after " + last);
            }
            last = offset;
        }
        assertEquals(1, last / SECOND);
    }

    @Test
    void theFirstEventIsDueAtOnce() {
        assertEquals(0, new Pace(1, new Dice(5)).next());
    }

    @Test
    void withinASecondThereAreBurstsAndLulls() {
        int[] perSlot = new int[20 * Pace.SLOTS];
        Pace pace = new Pace(10_000, new Dice(1));
        for (int i = 0; i < 200_000; i++) {
            perSlot[(int) (pace.next() / (SECOND / Pace.SLOTS))]++;
        }
        int average = 10_000 / Pace.SLOTS;
        int bursts = 0;
        int lulls = 0;
        for (int count : perSlot) {
            bursts += count > 2 * average ? 1 : 0;
            lulls += count < average * 3 / 4 ? 1 : 0;
        }
        assertTrue(bursts > 10 && bursts < perSlot.length / 4, "bursts " + bursts);
        assertTrue(lulls > perSlot.length / 4, "lulls " + lulls);
    }

    @Test
    void aSteadyPaceHasNoBursts() {
        int[] perSlot = new int[20 * Pace.SLOTS];
        Pace pace = Pace.steady(10_000, new Dice(1));
        for (int i = 0; i < 200_000; i++) {
            perSlot[(int) (pace.next() / (SECOND / Pace.SLOTS))]++;
        }
        for (int count : perSlot) {
            assertEquals(10_000 / Pace.SLOTS, count, 1);
        }
    }
}
