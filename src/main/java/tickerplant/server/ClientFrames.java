package tickerplant.server;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import tickerplant.message.CloseCode;

/**
 * The frames of one client as they come in (RFC 6455, section 5.2), of which only the heads are read: they tell how long a
 * message is going to be before any of it has to be kept. For one thread at a time.
 *
 * <p>A head that has not come whole is held back, so that what has passed always ends with a frame or inside a payload, and
 * a frame that gives offence is left out as a whole. After a message that is too long, what still comes is read up to the
 * client's own close frame: to end the connection under its hands would keep from it the code that says why.
 */
final class ClientFrames {
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 0x08;
    private static final int CONTINUATION = 0;
    private static final int CLOSE = 8;
    private static final int LENGTH = 0x7f;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;
    private static final int LONGEST_CONTROL = 125;
    private static final int MASK_BYTES = 4;
    private static final int FIRST_BYTES = 2;
    private static final int LONGEST_HEAD = FIRST_BYTES + Long.BYTES + MASK_BYTES;
    /** How much of what has no meaning any more is waited out, each read counted with so many bytes at least. */
    private static final long PATIENCE_BYTES = 16L << 20;

    private static final int LEAST_READ_BYTES = 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final int messageBytes;
    private final byte[] head = new byte[LONGEST_HEAD];
    private int headLength;
    private long payloadLeft;
    /** How long the frames so far make the message that is coming in. */
    private long message;

    private long patience = PATIENCE_BYTES;
    private boolean over;
    /** Seen by those who write to the client, too. */
    private volatile Optional<CloseCode> offence = Optional.empty();

    /**
     * No frame has come.
     *
     * @param messageBytes of the longest message that is taken, however many frames it comes in
     */
    ClientFrames(int messageBytes) {
        this.messageBytes = messageBytes;
    }

    /** What the client has done that its connection must end for; nothing passes any more after that. */
    Optional<CloseCode> offence() {
        return offence;
    }

    /** Whether the connection may be ended now: after an offence, the client has closed too or can't be waited for. */
    boolean isOver() {
        return over;
    }

    /** Reads on, and answers what may pass: nearly always the very same bytes. */
    ByteBuffer pass(ByteBuffer bytes) {
        byte[] held = Arrays.copyOf(head, headLength);
        int start = bytes.position();
        int end = read(bytes);
        if (end == start) {
            return NOTHING;
        }
        ByteBuffer passing = bytes.duplicate().limit(end);
        if (held.length == 0) {
            return passing;
        }
        return ByteBuffer.allocate(held.length + passing.remaining())
                .put(held)
                .put(passing)
                .flip();
    }

    /** Reads all there is, and answers the place up to which it may pass. */
    private int read(ByteBuffer bytes) {
        int end = bytes.position();
        int at = end;
        if (offence.isPresent()) {
            patience -= Math.max(LEAST_READ_BYTES, bytes.remaining());
            over |= patience < 0;
        }
        while (at < bytes.limit() && !over) {
            if (payloadLeft > 0) {
                int there = (int) Math.min(payloadLeft, bytes.limit() - at);
                payloadLeft -= there;
                at += there;
            } else {
                head[headLength++] = bytes.get(at++);
                if (headLength >= FIRST_BYTES && headLength == headBytes()) {
                    judge();
                    headLength = 0;
                }
            }
            if (headLength == 0 && offence.isEmpty()) {
                end = at;
            }
        }
        return end;
    }

    private int headBytes() {
        return FIRST_BYTES + lengthBytes() + (isMasked() ? MASK_BYTES : 0);
    }

    private int lengthBytes() {
        return switch (head[1] & LENGTH) {
            case LENGTH_IN_2_BYTES -> Short.BYTES;
            case LENGTH_IN_8_BYTES -> Long.BYTES;
            default -> 0;
        };
    }

    private boolean isMasked() {
        return (head[1] & MASKED) != 0;
    }

    private long payloadBytes() {
        ByteBuffer fields = ByteBuffer.wrap(head, FIRST_BYTES, Long.BYTES);
        return switch (head[1] & LENGTH) {
            case LENGTH_IN_2_BYTES -> Short.toUnsignedLong(fields.getShort());
            case LENGTH_IN_8_BYTES -> fields.getLong();
            default -> head[1] & LENGTH;
        };
    }

    private void judge() {
        boolean last = (head[0] & FINAL) != 0;
        int opcode = head[0] & OPCODE;
        long length = payloadBytes();
        boolean control = (opcode & CONTROL) != 0;
        if (!isMasked() || length < 0 || (control && (!last || length > LONGEST_CONTROL))) {
            offend(CloseCode.PROTOCOL_ERROR);
            over = true;
            return;
        }
        payloadLeft = length;
        if (control) {
            over = opcode == CLOSE && offence.isPresent();
            return;
        }
        long before = opcode == CONTINUATION ? message : 0;
        if (length > messageBytes - before) {
            offend(CloseCode.TOO_LARGE);
        } else {
            message = last ? 0 : before + length;
        }
    }

    /** The first offence counts. */
    private void offend(CloseCode code) {
        if (offence.isEmpty()) {
            offence = Optional.of(code);
        }
    }
}
