package tickerplant.feed.simulated;

/** Draws from weighted choices in constant time whatever their number: Vose's alias method. */
final class AliasTable {
    private final double[] keep;
    private final int[] alias;

    AliasTable(double[] weights) {
        int n = weights.length;
        keep = new double[n];
        alias = new int[n];
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        // Below the average from the left, above it from the right.
        int[] work = new int[n];
        int small = 0;
        int large = n;
        for (int i = 0; i < n; i++) {
            keep[i] = weights[i] * n / total;
            alias[i] = i;
            if (keep[i] < 1) {
                work[small++] = i;
            } else {
                work[--large] = i;
            }
        }
        while (small > 0 && large < n) {
            int poor = work[--small];
            int rich = work[large];
            alias[poor] = rich;
            keep[rich] -= 1 - keep[poor];
            if (keep[rich] < 1) {
                large++;
                work[small++] = rich;
            }
        }
        // What is left is one but for rounding, and its own alias.
    }

    /** One of the choices, by its place. */
    int draw(Dice dice) {
        int choice = dice.below(keep.length);
        return dice.even() < keep[choice] ? choice : alias[choice];
    }
}
