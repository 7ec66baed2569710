package tickerplant.hub;

import java.util.Arrays;

/**
 * Words in their order, each once, and which characters occur in each. Immutable.
 *
 * <p>Most words that are far from what is wanted are ruled out by their characters alone, one number compared with another;
 * only the rest are compared in full.
 */
final class SortedWords {
    /** Takes the words that are near. */
    interface Visitor {
        void near(int index, int distance);
    }

    private final String[] words;
    /** Of each word a bit for each character in it, which some characters share. */
    private final int[] characters;

    /** Words that are sorted already, each of them once. The caller gives the array away. */
    SortedWords(String[] words) {
        this.words = words;
        this.characters = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            characters[i] = characters(words[i]);
        }
    }

    private static int characters(String word) {
        int bits = 0;
        for (int i = 0; i < word.length(); i++) {
            bits |= 1 << (word.charAt(i) & 31);
        }
        return bits;
    }

    int size() {
        return words.length;
    }

    String word(int index) {
        return words[index];
    }

    /** The index of the first word that is not less than this. */
    int from(String wanted) {
        int found = Arrays.binarySearch(words, wanted);
        return found >= 0 ? found : -found - 1;
    }

    /**
     * Visits every word that differs by so many edits or fewer, in order. An edit is one character put in, left out or
     * taken for another, or two neighbours in the wrong order.
     */
    void near(String wanted, int reach, Visitor visitor) {
        int bits = characters(wanted);
        Distance distance = new Distance(wanted, reach);
        for (int i = 0; i < words.length; i++) {
            int theirs = characters[i];
            // An edit brings in one character at most, and takes away one at most.
            if (Integer.bitCount(theirs & ~bits) <= reach && Integer.bitCount(bits & ~theirs) <= reach) {
                int edits = distance.to(words[i]);
                if (edits <= reach) {
                    visitor.near(i, edits);
                }
            }
        }
    }
}
