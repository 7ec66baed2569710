package tickerplant.journal;

import java.nio.charset.StandardCharsets;

/** Reads what {@link Packed} has written, in the same order. */
public final class Unpacked {
    private final byte[] bytes;
    private int at;

    /** Begins with the first byte. */
    public Unpacked(byte[] bytes) {
        this(bytes, 0);
    }

    /** Begins with the byte at that place. */
    Unpacked(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** The place of the next byte. */
    int at() {
        return at;
    }

    /** Whether anything is left. */
    public boolean hasMore() {
        return at < bytes.length;
    }

    /** A number. */
    public long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits at byte " + at);
    }

    /** A number that an int has room for. */
    public int small() {
        return Math.toIntExact(number());
    }

    /** Some text. */
    public String text() {
        int length = small();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }
}
