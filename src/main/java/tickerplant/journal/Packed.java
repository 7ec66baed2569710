package tickerplant.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are written one after the other; whole numbers take as few of them as they need. Grows as it must. */
public final class Packed {
    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;

    private byte[] bytes = new byte[256];
    private int length;

    /** Nothing is written yet. */
    public Packed() {}

    /** A number that is seldom negative. */
    public Packed number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~SEVEN_BITS) != 0) {
            bytes[length++] = (byte) ((rest & SEVEN_BITS) | MORE);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** Some text. */
    public Packed text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    int length() {
        return length;
    }

    /** What was written. */
    public byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets what was written. */
    void clear() {
        length = 0;
    }
}
