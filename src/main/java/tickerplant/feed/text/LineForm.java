package tickerplant.feed.text;

import java.nio.charset.StandardCharsets;

/** How a line of a text recording is taken apart. */
public interface LineForm {
    /** How many lines at the beginning are no rows. */
    int headerLines();

    /** The fields of a line. */
    Row row(String line) throws BadLine;

    /** The form of a text that begins with these bytes: NDJSON where an object opens, else CSV with a header. */
    static LineForm of(byte[] head) throws BadLine {
        String text = new String(head, StandardCharsets.UTF_8);
        if (text.startsWith(LineReader.BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        String stripped = text.stripLeading();
        if (stripped.isEmpty()) {
            throw new BadLine("nothing in it");
        }
        if (stripped.startsWith("{")) {
            return new JsonLines();
        }
        int blankLines = (int) text.substring(0, text.length() - stripped.length())
                .chars()
                .filter(c -> c == '\n')
                .count();
        return CsvLines.withHeader(stripped.lines().findFirst().orElse(""), blankLines + 1);
    }
}
