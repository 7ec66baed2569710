package tickerplant.socket;

/** How long a text is on the wire. */
final class Utf8 {
    private Utf8() {}

    /** Containers count characters or bytes; limits count bytes. */
    static int length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // each half of a surrogate pair counts for two of the four bytes
                length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return length;
    }
}
