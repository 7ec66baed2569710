package tickerplant.feed.text;

/** A line that can't be read; the message names the field and what was expected. */
public final class BadLine extends Exception {
    private static final long serialVersionUID = 1;
    private static final int MAX_QUOTED = 40;

    private final String field;

    BadLine(String message) {
        this("", message);
    }

    private BadLine(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The complaint that a field is missing. */
    static BadLine missing(Column column, String expected) {
        return new BadLine(column.toString(), column + " is missing, expected " + expected);
    }

    /** The complaint about a field as a whole, in words that name it. */
    public static BadLine about(Column column, String complaint) {
        return new BadLine(column.toString(), column + " " + complaint);
    }

    /** The complaint about something that is no row at all. */
    public static BadLine whole(String complaint) {
        return new BadLine(complaint);
    }

    /** The field that is wrong; empty where it is none in particular. */
    public String field() {
        return field;
    }

    /** The complaint about a field's value. */
    static BadLine field(Column column, String value, String expected) {
        return about(column, quoted(value) + ", expected " + expected);
    }

    /** A value from the file, fit for a log: cut, and without anything that is not plain print. */
    static String quoted(String value) {
        String cut = value.length() <= MAX_QUOTED ? value : value.substring(0, MAX_QUOTED) + "...";
        return "'" + cut.replaceAll("[^ -~]", "?") + "'";
    }
}
