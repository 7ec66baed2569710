package tickerplant.feed.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AliasTableTest {
    @Test
    void eachChoiceComesAsOftenAsItWeighs() {
        double[] weights = {8, 1, 0.5, 4, 2, 0.5, 0};
        AliasTable table = new AliasTable(weights);
        Dice dice = new Dice(1);
        int draws = 1_600_000;
        int[] counts = new int[weights.length];
        for (int i = 0; i < draws; i++) {
            counts[table.draw(dice)]++;
        }
        for (int i = 0; i < weights.length; i++) {
            assertEquals(weights[i] / 16, counts[i] / (double) draws, 0.002, "choice " + i);
        }
    }

    @Test
    void theOnlyChoiceComesAlways() {
        assertEquals(0, new AliasTable(new double[] {3}).draw(new Dice(1)));
    }
}
