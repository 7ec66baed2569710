package tickerplant.feed.text;

/** A line that can't be read; the message names the field and what was expected. */
public final class BadLine extends Exception {
    private static final long serialVersionUID = 1;
    private static final int MAX_QUOTED = 40;

    BadLine(String message) {
        super(message);
    }

    /** The complaint about a field's value. */
    static BadLine field(Column column, String value, String expected) {
        return new BadLine(column + " " + quoted(value) + ", expected " + expected);
    }

    /** A value from the file, fit for a log: cut, and without anything that is not plain print. */
    static String quoted(String value) {
        String cut = value.length() <= MAX_QUOTED ? value : value.substring(0, MAX_QUOTED) + "...";
        return "'" + cut.replaceAll("[^ -~]", "?") + "'";
    }
}
