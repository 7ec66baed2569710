package tickerplant.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One encoded WebSocket text message, which any number of clients may be sent. It holds its head as well (RFC 6455, section
 * 5.2: final, text, not masked), for a way to the network that takes frames as they are.
 */
public final class Frame {
    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;
    private static final int FIRST_BYTES = 2;

    private final byte[] bytes;
    private final int head;
    /** Made when it is first asked for, for all clients that share the frame; two threads may do so at once, to the same effect. */
    private String text;

    /** A frame of this UTF-8 text. */
    public Frame(byte[] text) {
        this(text, text.length);
    }

    /**
     * A frame of the beginning of some bytes, which are copied.
     *
     * @param length how many of them are its text
     */
    public Frame(byte[] text, int length) {
        head = headBytes(length);
        bytes = new byte[head + length];
        ByteBuffer frame = ByteBuffer.wrap(bytes).put(FINAL_TEXT);
        switch (head - FIRST_BYTES) {
            case Short.BYTES -> frame.put((byte) LENGTH_IN_2_BYTES).putShort((short) length);
            case Long.BYTES -> frame.put((byte) LENGTH_IN_8_BYTES).putLong(length);
            default -> frame.put((byte) length);
        }
        frame.put(text, 0, length);
    }

    private static int headBytes(int length) {
        if (length < LENGTH_IN_2_BYTES) {
            return FIRST_BYTES;
        }
        return FIRST_BYTES + (length < 1 << Short.SIZE ? Short.BYTES : Long.BYTES);
    }

    /** Its text, for a way to the network that takes no frames. */
    public String text() {
        String known = text;
        if (known == null) {
            known = new String(bytes, head, length(), StandardCharsets.UTF_8);
            text = known;
        }
        return known;
    }

    /** The whole frame as it goes over the network; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The length of its text in bytes. */
    public int length() {
        return bytes.length - head;
    }
}
