package tickerplant.feed.text;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import tickerplant.market.Decimal;

/** The fields of one line, as text. A field that is empty is absent. */
public final class Row {
    private static final int MAX_TEXT = 128;
    private static final int MAX_NUMBER = 48;
    private static final int MAX_SCALE = 64;

    private final Map<Column, String> fields = new EnumMap<>(Column.class);

    /** Sets a field; false where it was set before. */
    public boolean set(Column column, String value) {
        return value.isEmpty() || fields.put(column, value) == null;
    }

    public boolean has(Column column) {
        return fields.containsKey(column);
    }

    /** A field as it stands, empty where it is absent. */
    public String raw(Column column) {
        return fields.getOrDefault(column, "");
    }

    /** Whether a field's number can be told in steps of so many decimals. */
    boolean fits(Column column, int decimals) {
        try {
            Decimal.steps(new BigDecimal(raw(column)), decimals);
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    /** A field for people or of a venue's own making: printable and not too long; empty where it is absent. */
    String text(Column column) throws BadLine {
        return text(column, MAX_TEXT);
    }

    /** A field for people: printable and not longer than that; empty where it is absent. */
    String text(Column column, int longest) throws BadLine {
        String value = raw(column);
        if (value.length() > longest || value.chars().anyMatch(Character::isISOControl)) {
            throw BadLine.field(column, value, "at most " + longest + " printable characters");
        }
        return value;
    }

    /** A field that must be there. */
    String required(Column column, String expected) throws BadLine {
        if (!has(column)) {
            throw BadLine.missing(column, expected);
        }
        return raw(column);
    }

    /** A price or a size, which must be there: positive, and with at most 12 decimals. */
    BigDecimal positive(Column column) throws BadLine {
        String expected = "a positive number of at most 12 decimals";
        BigDecimal number = number(column, expected);
        if (number.signum() <= 0 || Scale.decimals(number) > Scale.MAX) {
            throw BadLine.field(column, raw(column), expected);
        }
        return number;
    }

    /** A number which must be there, of a length and an exponent that any program can bear. */
    BigDecimal number(Column column, String expected) throws BadLine {
        String value = required(column, expected);
        try {
            if (value.length() <= MAX_NUMBER) {
                BigDecimal number = new BigDecimal(value);
                if (Math.abs((long) number.scale()) <= MAX_SCALE) {
                    return number;
                }
            }
        } catch (NumberFormatException e) {
            // said below, together with a number too long
        }
        throw BadLine.field(column, value, expected);
    }

    /** Every field that is there. */
    public Map<Column, String> fields() {
        return Collections.unmodifiableMap(fields);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row && fields.equals(row.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
