package tickerplant.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import tickerplant.message.CloseCode;

/**
 * The frames of one client as they come in (RFC 6455, section 5.2), of which only the heads are read: they tell how long a
 * message is going to be before any of it has to be kept. For one thread at a time.
 *
 * <p>A head that has not come whole is held back, so that what has passed always ends with a frame or inside a payload, and
 * a frame that gives offence is left out as a whole. Pings are left out, too: Tyrus queues an answer to each, without limit,
 * for a client that doesn't read. After a message that is too long, what still comes is read up to the
 * client's own close frame: to end the connection under its hands would keep from it the code that says why.
 */
final class ClientFrames {
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 0x08;
    private static final int CONTINUATION = 0;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int LENGTH = 0x7f;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;
    private static final int SHORTEST_OF_2_BYTES = 126;
    private static final int SHORTEST_OF_8_BYTES = 65_536;
    private static final int LONGEST_CONTROL = 125;
    private static final int MASK_BYTES = 4;
    private static final int FIRST_BYTES = 2;
    private static final int LONGEST_HEAD = FIRST_BYTES + Long.BYTES + MASK_BYTES;
    /** How much of what has no meaning any more is waited out, each read counted with so many bytes at least. */
    private static final long PATIENCE_BYTES = 16L << 20;

    private static final int LEAST_READ_BYTES = 1024;
    /** Of one message. Each costs Tyrus memory and time, be it empty. */
    static final int MOST_FRAGMENTS = 4_096;

    private final int messageBytes;
    private final Consumer<byte[]> pings;
    private final byte[] head = new byte[LONGEST_HEAD];
    private int headLength;
    private long payloadLeft;
    /** How long the frames so far make the message that is coming in. */
    private long message;

    private int fragments;
    private Optional<ByteBuffer> ping = Optional.empty();
    private boolean closed;
    private long patience = PATIENCE_BYTES;
    private boolean over;
    /** Seen by those who write to the client, too. */
    private volatile Optional<CloseCode> offence = Optional.empty();

    /**
     * No frame has come.
     *
     * @param messageBytes of the longest message that is taken, however many frames it comes in
     * @param pings takes what each ping carries, which is to be sent back
     */
    ClientFrames(int messageBytes, Consumer<byte[]> pings) {
        this.messageBytes = messageBytes;
        this.pings = pings;
    }

    /** What the client has done that its connection must end for; nothing passes any more after that. */
    Optional<CloseCode> offence() {
        return offence;
    }

    /** Whether the connection may be ended now: after an offence, the client has closed too or can't be waited for. */
    boolean isOver() {
        return over;
    }

    /** Whether the client has said that it sends no more. */
    boolean isClosed() {
        return closed;
    }

    /** Reads on, and answers what may pass: nearly always the very same bytes. */
    ByteBuffer pass(ByteBuffer bytes) {
        Passing passing = new Passing(bytes);
        int heldBytes = headLength;
        int at = bytes.position();
        if (offence.isPresent()) {
            patience -= Math.max(LEAST_READ_BYTES, bytes.remaining());
            over |= patience < 0;
        }
        while (at < bytes.limit() && !over) {
            if (payloadLeft > 0) {
                int there = (int) Math.min(payloadLeft, bytes.limit() - at);
                if (ping.isPresent()) {
                    ping.get().put(bytes.slice(at, there));
                }
                payloadLeft -= there;
                at += there;
            } else {
                head[headLength++] = bytes.get(at++);
                if (headLength < FIRST_BYTES || headLength < headBytes()) {
                    continue;
                }
                judge();
                if (offence.isEmpty() && ping.isEmpty()) {
                    passing.add(head, heldBytes);
                }
                heldBytes = 0;
                headLength = 0;
            }
            if (offence.isEmpty() && ping.isEmpty()) {
                passing.upTo(at);
            } else if (ping.isPresent() && payloadLeft == 0) {
                answer(ping.get());
                ping = Optional.empty();
                passing.leaveOutUpTo(at);
            }
        }
        return passing.bytes();
    }

    private void answer(ByteBuffer carried) {
        byte[] payload = new byte[carried.flip().remaining()];
        carried.get(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= head[FIRST_BYTES + i % MASK_BYTES];
        }
        pings.accept(payload);
    }

    /** Those bytes that may pass; a copy only where some in between may not. */
    private static final class Passing {
        private final ByteBuffer all;
        private final ByteArrayOutputStream before = new ByteArrayOutputStream(0);
        private int start;
        private int end;

        Passing(ByteBuffer all) {
            this.all = all;
            start = all.position();
            end = start;
        }

        /** What was held back of an earlier read. */
        void add(byte[] held, int length) {
            before.write(held, 0, length);
        }

        void upTo(int place) {
            end = place;
        }

        void leaveOutUpTo(int place) {
            copy();
            start = place;
            end = place;
        }

        private void copy() {
            byte[] part = new byte[end - start];
            all.get(start, part);
            before.writeBytes(part);
        }

        ByteBuffer bytes() {
            if (before.size() == 0) {
                return all.duplicate().limit(end).position(start);
            }
            copy();
            return ByteBuffer.wrap(before.toByteArray());
        }
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

    private boolean isShortestForm(long length) {
        return switch (head[1] & LENGTH) {
            case LENGTH_IN_2_BYTES -> length >= SHORTEST_OF_2_BYTES;
            case LENGTH_IN_8_BYTES -> length >= SHORTEST_OF_8_BYTES;
            default -> true;
        };
    }

    private void judge() {
        boolean last = (head[0] & FINAL) != 0;
        int opcode = head[0] & OPCODE;
        long length = payloadBytes();
        boolean control = (opcode & CONTROL) != 0;
        if (!isMasked() || !isShortestForm(length) || (control && (!last || length > LONGEST_CONTROL))) {
            offend(CloseCode.PROTOCOL_ERROR);
            over = true;
            return;
        }
        payloadLeft = length;
        if (control) {
            judgeControl(opcode, (int) length);
            return;
        }
        long before = opcode == CONTINUATION ? message : 0;
        fragments = opcode == CONTINUATION ? fragments + 1 : 1;
        if (length > messageBytes - before || fragments > MOST_FRAGMENTS) {
            offend(CloseCode.TOO_LARGE);
        } else {
            message = last ? 0 : before + length;
        }
    }

    private void judgeControl(int opcode, int length) {
        closed |= opcode == CLOSE;
        over = opcode == CLOSE && offence.isPresent();
        // with a reserved bit set it is none, and Tyrus says so
        if (head[0] == (byte) (FINAL | PING) && offence.isEmpty() && !closed) {
            ping = Optional.of(ByteBuffer.allocate(length));
        }
    }

    /** The first offence counts. */
    private void offend(CloseCode code) {
        if (offence.isEmpty()) {
            offence = Optional.of(code);
        }
    }
}
