package tickerplant.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Decimal.ABSENT;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtremesTest {
    @Test
    void theExtremesSinceAnySequenceAreThoseOfAPlainSearch() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            Extremes extremes = new Extremes(new Extremes.Room(1_000));
            long[] printed = new long[400];
            long price = 10_000;
            for (int seq = 1; seq < printed.length; seq++) {
                printed[seq] = ABSENT;
                if (random.nextInt(3) > 0) {
                    price += random.nextInt(21) - 10;
                    printed[seq] = price;
                    extremes.printed(seq, price);
                }
                int since = random.nextInt(seq + 1);
                long high = ABSENT;
                long low = ABSENT;
                for (int i = since + 1; i <= seq; i++) {
                    if (printed[i] != ABSENT) {
                        high = high == ABSENT ? printed[i] : Math.max(high, printed[i]);
                        low = low == ABSENT ? printed[i] : Math.min(low, printed[i]);
                    }
                }
                assertTrue(extremes.reachBackTo(since));
                assertEquals(high, extremes.highSince(since), "seed " + seed + " at " + seq + " since " + since);
                assertEquals(low, extremes.lowSince(since), "seed " + seed + " at " + seq + " since " + since);
            }
        }
    }

    @Test
    void aPriceThatFallsForEverIsForgottenFromItsOldestEndAndSaysSo() {
        Extremes extremes = new Extremes(new Extremes.Room(1_000));
        for (int seq = 1; seq <= 5_000; seq++) {
            extremes.printed(seq, 100_000 - seq);
        }

        assertFalse(extremes.reachBackTo(1));
        assertTrue(extremes.reachBackTo(4_900));
        assertEquals(100_000 - 4_901, extremes.highSince(4_900));
        assertEquals(100_000 - 5_000, extremes.lowSince(4_900));
        assertEquals(ABSENT, extremes.highSince(5_000));
    }
}
