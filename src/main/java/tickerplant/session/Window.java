package tickerplant.session;

/**
 * How much a client may leave unread before it must answer a ping. It begins small, grows while the client answers at once,
 * and shrinks while it takes long, so that a slow but living client always shows progress in time. Guarded by the lock of its
 * outbox.
 *
 * <p>The rule is ours; that there is a window at all is section "A slow client" of the protocol. Kernel buffers would
 * otherwise swallow megabytes on loopback before a send is ever felt to be slow.
 */
final class Window {
    static final int SMALLEST = 4 * 1024;
    private static final int FIRST = 16 * 1024;
    private static final long QUICK_NANOS = 1_000_000_000L;
    private static final long LONG_NANOS = 4_000_000_000L;

    private final int largest;
    private int bytes;
    private int sentSincePing;
    private long pings;
    private boolean open = true;
    private long pingedAt;

    Window(int largest) {
        this.largest = largest;
        this.bytes = Math.min(FIRST, largest);
    }

    void sent(int length) {
        sentSincePing += length;
    }

    /** Whether a ping is due before anything else is sent. */
    boolean isFull() {
        return open && sentSincePing >= bytes;
    }

    /** The number for the ping that goes out now; until its pong is back, the window is closed. */
    long ping(long now) {
        open = false;
        pingedAt = now;
        sentSincePing = 0;
        return ++pings;
    }

    /** A pong came; answers whether it opened the window. */
    boolean pong(long number, long now) {
        if (open || number != pings) {
            return false;
        }
        open = true;
        long took = now - pingedAt;
        if (took <= QUICK_NANOS) {
            bytes = Math.min(largest, bytes * 2);
        } else if (took >= LONG_NANOS) {
            bytes = Math.max(Math.min(SMALLEST, largest), bytes / 2);
        }
        return true;
    }

    boolean isOpen() {
        return open;
    }

    /** When the ping went out whose pong is awaited. */
    long pingedAt() {
        return pingedAt;
    }

    /** What one frame should not exceed. */
    int bytes() {
        return bytes;
    }
}
