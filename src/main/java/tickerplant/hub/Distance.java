package tickerplant.hub;

/**
 * How many edits lie between a word and others: characters too few, too many or wrong, and neighbours in the wrong order
 * (the "optimal string alignment" distance). It gives up where there are more than are of interest. For one thread.
 */
final class Distance {
    private final String wanted;
    private final int reach;
    /** The last three rows of the textbook's table, in turn. */
    private final int[][] rows;

    /**
     * Distances from this word.
     *
     * @param reach the most edits that are of interest
     */
    Distance(String wanted, int reach) {
        this.wanted = wanted;
        this.reach = reach;
        this.rows = new int[3][wanted.length() + 1];
    }

    /** How far the word is; any number above the reach stands for all of them. */
    int to(String word) {
        if (Math.abs(word.length() - wanted.length()) > reach) {
            return reach + 1;
        }
        for (int j = 0; j <= wanted.length(); j++) {
            rows[0][j] = j;
        }
        for (int i = 1; i <= word.length(); i++) {
            if (row(word, i) > reach) {
                return reach + 1;
            }
        }
        return rows[word.length() % 3][wanted.length()];
    }

    /** Fills the row of so long a beginning of the word, where it can be within reach; answers the least in it. */
    private int row(String word, int i) {
        int[] row = rows[i % 3];
        int[] above = rows[(i + 2) % 3];
        int[] twoAbove = rows[(i + 1) % 3];
        char c = word.charAt(i - 1);
        int first = Math.max(1, i - reach);
        int last = Math.min(wanted.length(), i + reach);
        row[first - 1] = first == 1 ? i : reach + 1;
        int least = row[first - 1];
        for (int j = first; j <= last; j++) {
            char d = wanted.charAt(j - 1);
            int edits = above[j - 1] + (c == d ? 0 : 1);
            edits = Math.min(edits, Math.min(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && c == wanted.charAt(j - 2) && d == word.charAt(i - 2)) {
                edits = Math.min(edits, twoAbove[j - 2] + 1);
            }
            row[j] = edits;
            least = Math.min(least, edits);
        }
        if (last < wanted.length()) {
            // read by the next row alone, for which it is out of reach
            row[last + 1] = reach + 1;
        }
        return least;
    }
}
