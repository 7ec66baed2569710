package tickerplant.market;

import java.util.Locale;
import java.util.Optional;

/**
 * The name of an instrument: 1 to 24 of {@code A-Z 0-9 . - / : = ^ _ + # $ @ ! ~}, upper case. Immutable.
 *
 * @param name the name, already in upper case
 */
public record Symbol(String name) implements Comparable<Symbol> {
    /** The longest name, in characters. */
    public static final int MAX_LENGTH = 24;

    /** The key of what concerns the whole market; no instrument can have this name. */
    public static final String MARKET = "*";

    /** The whole market, of which phases and news can be; no instrument has it, and nobody can write it. */
    public static final Symbol WHOLE_MARKET = new Symbol(MARKET);

    /** What a name may look like, for messages to people. */
    public static final String EXPECTED = "1 to 24 of A-Z 0-9 . - / : = ^ _ + # $ @ ! ~";

    public Symbol {
        if (!isName(name) && !name.equals(MARKET)) {
            throw new IllegalArgumentException("symbol must be " + EXPECTED);
        }
    }

    /** The symbol that a person or a program wrote, in whatever case; empty where it can't be one. */
    public static Optional<Symbol> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String upper = text.toUpperCase(Locale.ROOT);
        // letters of other alphabets may have an upper case among ours: that of U+017F is S
        return isName(upper) && text.chars().allMatch(c -> c < 0x80)
                ? Optional.of(new Symbol(upper))
                : Optional.empty();
    }

    /** Whether the text, as it stands, is a symbol's name. */
    public static boolean isName(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isNameCharacter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ".-/:=^_+#$@!~".indexOf(c) >= 0;
    }

    /** Whether it stands for the whole market rather than an instrument. */
    public boolean isWholeMarket() {
        return name.equals(MARKET);
    }

    @Override
    public int compareTo(Symbol other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
