package tickerplant.feed.text;

/**
 * What somebody sent as one event: the fields, or why they could not be read.
 *
 * @param row the fields; none where they could not be read
 * @param field the one that could not be read; empty where it is none in particular, or all could
 * @param problem what was wrong and what was expected; empty where the fields could be read
 */
public record Submitted(Row row, String field, String problem) {
    private static final LineForm JSON = new JsonLines();

    /** Fields that could be read. */
    public static Submitted of(Row row) {
        return new Submitted(row, "", "");
    }

    /** Something that could not be read. */
    public static Submitted unreadable(BadLine problem) {
        return new Submitted(new Row(), problem.field(), problem.getMessage());
    }

    /** A line of NDJSON, without its end. */
    public static Submitted line(String line) {
        try {
            return of(JSON.row(line));
        } catch (BadLine e) {
            return unreadable(e);
        }
    }

    /** The line that a reader stands at. */
    public static Submitted line(LineReader lines) {
        return lines.tooLong()
                ? unreadable(new BadLine("too long, expected at most " + LineReader.MAX_LINE + " bytes"))
                : line(lines.text().strip());
    }
}
