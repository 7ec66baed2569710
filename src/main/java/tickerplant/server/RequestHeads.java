package tickerplant.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The requests of one connection as they come in: each head is held back until it is whole, and judged. For one thread at a
 * time.
 */
final class RequestHeads {
    /** Of the longest head, from the method to the empty line. */
    static final int MOST_BYTES = 16 * 1024;

    private static final int FIRST_BYTES = 512;
    /** An empty line before a request is forgiven, as RFC 9112 asks for in section 2.2. */
    private static final int FORGIVEN_BYTES = 2;

    private static final Pattern UPGRADE = Pattern.compile("(?imd)^upgrade:[^\n]*\n");

    private enum Stage {
        HEAD,
        BODY,
        HANDSHAKE,
        UPGRADED,
        REFUSED
    }

    private Stage stage = Stage.HEAD;
    private byte[] head = new byte[FIRST_BYTES];
    private int length;
    private int forgiven;
    private long bodyLeft;
    private Optional<Refusal> refusal = Optional.empty();

    /** Whether what comes now is no request any more, but frames. */
    boolean isUpgraded() {
        return stage == Stage.UPGRADED;
    }

    /** Why the last request was not taken, and nothing is read any more. */
    Optional<Refusal> refusal() {
        return refusal;
    }

    /** An answer goes out. */
    void answered(int status) {
        if (stage == Stage.HANDSHAKE) {
            stage = status == 101 ? Stage.UPGRADED : Stage.HEAD;
            if (isUpgraded()) {
                head = new byte[0];
            }
        }
    }

    /**
     * Reads on, up to the end of one request at most, and answers what may pass, which is nothing until a head is whole.
     *
     * @param bytes of which what is read is taken
     */
    ByteBuffer read(ByteBuffer bytes) {
        if (stage == Stage.HANDSHAKE) {
            stage = Stage.HEAD; // it was not granted
        }
        if (stage == Stage.BODY) {
            byte[] body = new byte[(int) Math.min(bodyLeft, bytes.remaining())];
            bytes.get(body);
            bodyLeft -= body.length;
            stage = bodyLeft > 0 ? Stage.BODY : Stage.HEAD;
            return ByteBuffer.wrap(body);
        }
        while (bytes.hasRemaining() && stage == Stage.HEAD) {
            take(bytes.get());
        }
        if (stage == Stage.HEAD || stage == Stage.REFUSED) {
            return ByteBuffer.allocate(0);
        }
        // what is there of the body goes with it: whoever waits for it later would wait for the network
        int body = stage == Stage.BODY ? (int) Math.min(bodyLeft, bytes.remaining()) : 0;
        byte[] passing = Arrays.copyOf(head, length + body);
        bytes.get(passing, length, body);
        bodyLeft -= body;
        ByteBuffer whole = ByteBuffer.wrap(passing);
        head = new byte[FIRST_BYTES];
        length = 0;
        forgiven = 0;
        if (stage == Stage.BODY && bodyLeft == 0) {
            stage = Stage.HEAD;
        }
        return whole;
    }

    private void take(byte b) {
        if (length == 0 && forgiven < FORGIVEN_BYTES && (b == '\r' || b == '\n')) {
            forgiven++;
            return;
        }
        if (length == MOST_BYTES) {
            refuse(RequestHead.tooLarge("a request may have " + MOST_BYTES + " bytes before its body"));
            return;
        }
        if (length == head.length) {
            head = Arrays.copyOf(head, 2 * length);
        }
        head[length++] = b;
        boolean afterReturn = length > 1 && head[length - 2] == '\r';
        if (b == 0 || (b == '\n') != afterReturn || (length == 1 && b <= ' ')) {
            refuse(Refusal.bad("this is no request of HTTP/1.1, whose lines end with CR and LF"));
        } else if (b == '\n' && length >= 4 && head[length - 3] == '\n') {
            judge();
        }
    }

    private void judge() {
        RequestHead whole = RequestHead.read(head, length);
        if (whole.refusal().isPresent()) {
            refuse(whole.refusal().get());
        } else if (whole.isHandshake()) {
            stage = Stage.HANDSHAKE;
        } else {
            if (whole.isUpgrade()) {
                overlookUpgrade();
            }
            bodyLeft = whole.bodyBytes();
            stage = Stage.BODY;
        }
    }

    /**
     * A server may do so (RFC 9110, section 7.8), and many clients ask for HTTP/2 in passing. Grizzly would take the answer to
     * be in that other protocol, leave headers out of it, and end the connection.
     */
    private void overlookUpgrade() {
        String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
        head = UPGRADE.matcher(text).replaceAll("").getBytes(StandardCharsets.ISO_8859_1);
        length = head.length;
    }

    private void refuse(Refusal why) {
        refusal = Optional.of(why);
        stage = Stage.REFUSED;
        head = new byte[0];
        length = 0;
    }
}
