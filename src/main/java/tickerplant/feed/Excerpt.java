package tickerplant.feed;

/** Somebody else's text, made fit for a log line: one line of printable ASCII, of bounded length. */
public final class Excerpt {
    /** The longest excerpt, in characters. */
    public static final int MAX_LENGTH = 64;

    private static final String CUT = "...";

    private Excerpt() {}

    /** The text with anything but printable ASCII escaped; cut, and ending in {@code ...}, where it is too long. */
    public static String of(String text) {
        StringBuilder excerpt = new StringBuilder();
        int kept = 0;
        for (int i = 0; i < text.length(); i++) {
            String shown = shown(text.charAt(i));
            if (excerpt.length() + shown.length() > MAX_LENGTH) {
                excerpt.setLength(kept);
                return excerpt.append(CUT).toString();
            }
            excerpt.append(shown);
            // Remembers where whole characters end that leave room for the dots.
            if (excerpt.length() <= MAX_LENGTH - CUT.length()) {
                kept = excerpt.length();
            }
        }
        return excerpt.toString();
    }

    private static String shown(char c) {
        if (c == '\\') {
            return "\\\\";
        }
        return c >= ' ' && c <= '~' ? String.valueOf(c) : String.format("\\u%04x", (int) c);
    }
}
