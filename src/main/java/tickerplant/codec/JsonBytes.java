package tickerplant.codec;

import static tickerplant.market.Decimal.ABSENT;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tickerplant.message.Frame;

/**
 * Writes JSON as UTF-8 into one growing array. It knows when a comma is due; the caller sees to the rest of the structure. For
 * one thread.
 */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    Frame toFrame() {
        return new Frame(bytes, length);
    }

    JsonBytes open(char bracket) {
        comma();
        return raw(bracket);
    }

    JsonBytes close(char bracket) {
        return raw(bracket);
    }

    /** A field's name; its value must follow. */
    JsonBytes name(String name) {
        comma();
        raw('"').ascii(name).raw('"');
        return raw(':');
    }

    JsonBytes field(String name, String value) {
        return name(name).value(value);
    }

    JsonBytes field(String name, long value) {
        return name(name).value(value);
    }

    JsonBytes value(String value) {
        comma();
        raw('"');
        for (int i = 0; i < value.length(); i++) {
            character(value, i);
        }
        return raw('"');
    }

    JsonBytes value(long value) {
        comma();
        return digits(value);
    }

    /** A number that is already in its JSON form, or another literal. */
    JsonBytes literal(String literal) {
        comma();
        return ascii(literal);
    }

    /** A value that is already encoded. */
    JsonBytes encoded(byte[] json) {
        comma();
        ensure(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    /** A count of steps as a plain canonical decimal: no exponent, no trailing zeros, no {@code -0}. */
    JsonBytes decimal(long steps, int decimals) {
        comma();
        return plain(steps, decimals);
    }

    /** The same, wherever it stands. */
    JsonBytes plain(long steps, int decimals) {
        long rest = steps;
        int places = decimals;
        while (places > 0 && rest % 10 == 0) {
            rest /= 10;
            places--;
        }
        if (places == 0) {
            return digits(rest);
        }
        if (rest < 0) {
            raw('-');
        }
        long unit = 1;
        for (int i = 0; i < places; i++) {
            unit *= 10;
        }
        // the parts have an absolute value each, where the smallest of all numbers has none
        digits(Math.abs(rest / unit));
        raw('.');
        long fraction = Math.abs(rest % unit);
        for (unit /= 10; unit > 0; unit /= 10) {
            raw((char) ('0' + fraction / unit % 10));
        }
        return this;
    }

    /** A number as a plain canonical decimal. */
    JsonBytes number(BigDecimal number) {
        return literal(number.stripTrailingZeros().toPlainString());
    }

    /** A count of steps under a name, or {@code null} where it is absent. */
    JsonBytes decimalOrNull(String name, long steps, int decimals) {
        name(name);
        return steps == ABSENT ? ascii("null") : decimal(steps, decimals);
    }

    /** A moment: microseconds since the epoch, as milliseconds with up to three decimals. */
    JsonBytes time(String name, long micros) {
        return name(name).decimal(micros, 3);
    }

    /** A comma, unless the last thing written opens something or names a value. */
    private void comma() {
        if (length > 0) {
            byte last = bytes[length - 1];
            if (last != '{' && last != '[' && last != ':') {
                raw(',');
            }
        }
    }

    private void character(String text, int i) {
        char c = text.charAt(i);
        if (c == '"' || c == '\\') {
            raw('\\').raw(c);
        } else if (c >= 0x20 && c < 0x7f) {
            raw(c);
        } else {
            // Everything else is escaped: what a client sent may come back, but never as itself.
            raw('\\').raw('u');
            for (int shift = 12; shift >= 0; shift -= 4) {
                raw((char) HEX[(c >> shift) & 0xf]);
            }
        }
    }

    private JsonBytes digits(long value) {
        if (value == Long.MIN_VALUE) {
            return ascii("-9223372036854775808");
        }
        long rest = value;
        if (rest < 0) {
            raw('-');
            rest = -rest;
        }
        int count = 1;
        for (long power = 10; count < 19 && rest >= power; power *= 10) {
            count++;
        }
        ensure(count);
        for (int at = length + count - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
        return this;
    }

    @SuppressWarnings("deprecation") // the one call that copies ASCII without looking at it
    JsonBytes ascii(String text) {
        ensure(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    JsonBytes raw(char c) {
        ensure(1);
        bytes[length++] = (byte) c;
        return this;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
