package tickerplant.feed.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DiceTest {
    @Test
    void aBellHasMeanZeroAndVarianceOne() {
        Dice dice = new Dice(1);
        int draws = 1_000_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double bell = dice.bell();
            assertTrue(Math.abs(bell) < 3.5);
            sum += bell;
            squares += bell * bell;
        }
        assertEquals(0, sum / draws, 0.005);
        assertEquals(1, squares / draws, 0.005);
    }

    @Test
    void fewIsMostlyOneAndNeverMoreThan128() {
        Dice dice = new Dice(1);
        int ones = 0;
        int most = 0;
        for (int i = 0; i < 100_000; i++) {
            int few = dice.few();
            assertTrue(few >= 1 && few <= 128, "few " + few);
            ones += few == 1 ? 1 : 0;
            most = Math.max(most, few);
        }
        assertTrue(ones > 50_000, "ones " + ones);
        assertTrue(most > 64, "most " + most);
    }

    @Test
    void belowReachesAllAndNothingElse() {
        Dice dice = new Dice(1);
        int[] counts = new int[3];
        for (int i = 0; i < 30_000; i++) {
            counts[dice.below(3)]++;
        }
        for (int count : counts) {
            assertEquals(10_000, count, 500);
        }
    }
}
