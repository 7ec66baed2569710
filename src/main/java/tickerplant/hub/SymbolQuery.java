package tickerplant.hub;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What somebody typed in search of an instrument.
 *
 * @param symbol as it may begin a symbol
 * @param words as it may begin at a word of a name: words in upper case, without accents, a blank between them
 */
record SymbolQuery(String symbol, String words) {
    private static final int SHORT = 4;

    static SymbolQuery of(String typed) {
        return new SymbolQuery(typed.strip().toUpperCase(Locale.ROOT), words(typed));
    }

    /** How many edits may lie between what was typed and what was meant. */
    static int reach(String text) {
        return text.length() < 2 ? 0 : text.length() <= SHORT ? 1 : 2;
    }

    /** The words of a text, as names and queries are compared. */
    static String words(String text) {
        String upper = Normalizer.normalize(text, Normalizer.Form.NFD).toUpperCase(Locale.ROOT);
        StringBuilder words = new StringBuilder(upper.length());
        boolean between = false;
        for (int i = 0; i < upper.length(); i++) {
            char c = upper.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                if (between && words.length() > 0) {
                    words.append(' ');
                }
                between = false;
                words.append(c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK && c != '\'' && c != '\u2019') {
                between = true;
            }
        }
        return words.toString();
    }
}
