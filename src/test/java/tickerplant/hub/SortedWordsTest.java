package tickerplant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The quick look finds what a comparison with each of them finds. */
class SortedWordsTest {
    private static final String LETTERS = "ABC";

    private static String word(Random random, int longest) {
        StringBuilder word = new StringBuilder();
        for (int length = 1 + random.nextInt(longest); length > 0; length--) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    private static Map<String, Integer> near(SortedWords words, String wanted, int reach) {
        Map<String, Integer> near = new TreeMap<>();
        words.near(wanted, reach, (i, distance) -> near.put(words.word(i), distance));
        return near;
    }

    @Test
    void anEditIsACharacterTooFewTooManyOrWrongOrTwoNeighboursSwapped() {
        SortedWords words = new SortedWords(new String[] {"AAPL", "APL", "APPLE", "APRL", "PAPL", "PLAP"});

        assertEquals(Map.of("AAPL", 1, "APL", 1, "APPLE", 1, "APRL", 1, "PAPL", 1), near(words, "APPL", 1));
        assertEquals(Map.of("AAPL", 0, "APL", 1, "PAPL", 1), near(words, "AAPL", 1));
        assertEquals(Map.of("PLAP", 0), near(words, "PLAP", 0));
    }

    @Test
    void theQuickLookFindsWhatComparingWithEveryWordFinds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int found = 0;
        for (int round = 0; round < 300; round++) {
            TreeSet<String> distinct = new TreeSet<>();
            for (int i = 0; i < 60; i++) {
                distinct.add(word(random, 9));
            }
            SortedWords words = new SortedWords(distinct.toArray(String[]::new));
            String wanted = word(random, 9);
            int reach = random.nextInt(3);
            Map<String, Integer> expected = new TreeMap<>();
            for (String word : distinct) {
                int distance = distance(word, wanted);
                if (distance <= reach) {
                    expected.put(word, distance);
                }
            }
            found += expected.size();
            assertEquals(expected, near(words, wanted, reach), () -> wanted + " in " + distinct + ", seed " + seed);
        }
        assertTrue(found > 300, "too few near words to tell: " + found);
    }

    /** The table of the textbook, whole: optimal string alignment. */
    private static int distance(String one, String other) {
        int[][] table = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int wrong = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                table[i][j] = Math.min(table[i - 1][j - 1] + wrong, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[one.length()][other.length()];
    }
}
