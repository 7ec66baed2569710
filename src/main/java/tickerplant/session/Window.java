package tickerplant.session;

/**
 * How much a client may leave unread before it must answer a ping. It begins small, grows while the client answers at once,
 * and shrinks while it takes long, so that a slow but living client always shows progress in time. Guarded by the lock of its
 * outbox.
 *
 * <p>The rule is ours; that there is a window at all is section "A slow client" of the protocol. Kernel buffers would
 * otherwise swallow megabytes on loopback before a send is ever felt to be slow.
 *
 * <p>A probe is a ping that closes nothing: it only shows that somebody is there.
 */
final class Window {
    static final int SMALLEST = 4 * 1024;
    /** What a reader of 2,000 bytes a second gets through before the ladder pauses it. */
    private static final int FIRST = 12 * 1024;

    private static final long QUICK_NANOS = 1_000_000_000L;
    private static final long LONG_NANOS = 4_000_000_000L;

    /** 2,000 bytes a second: one who reads that slowly, but steadily, must not be taken for dead. */
    private static final long SLOWEST_NANOS_A_BYTE = 500_000L;

    private final int largest;
    private int bytes;
    private int sentSincePing;
    private long pings;
    private boolean open = true;
    private boolean probeWanted;
    private long pingedAt;
    /** The number of the probe whose pong is awaited, 0 where there is none; it is the newest ping then. */
    private long probe;

    private int sentBeforeProbe;

    Window(int largest, long now) {
        this.largest = largest;
        this.bytes = Math.min(FIRST, largest);
        this.pingedAt = now;
    }

    void sent(int length) {
        sentSincePing += length;
    }

    private boolean isFull() {
        return open && sentSincePing >= bytes;
    }

    /** Asks for a probe as soon as possible, unless the pong of any ping is awaited. */
    void wantProbe() {
        probeWanted = !isAwaitingPong();
    }

    /** Whether {@link #duePing} would have one. */
    boolean isPingDue() {
        return isFull() || probeWanted;
    }

    /**
     * The number for a ping that goes out now, 0 where none is due. Where the window is full, it is closed until the pong is
     * back.
     */
    long duePing(long now) {
        if (isFull()) {
            open = false;
            sentSincePing = 0;
            probe = 0;
        } else if (probeWanted) {
            sentBeforeProbe = sentSincePing;
            probe = pings + 1;
        } else {
            return 0;
        }
        probeWanted = false;
        pingedAt = now;
        return ++pings;
    }

    /** Whether the pong of any ping is awaited. */
    boolean isAwaitingPong() {
        return !open || probe != 0;
    }

    /**
     * For how long the pong of a probe has been missed; 0 where none is. What may have been unread before the probe is given
     * the time that the slowest reader takes for it.
     */
    long silentNanos(long now) {
        long unread = Math.max(0, sentBeforeProbe - SMALLEST) * SLOWEST_NANOS_A_BYTE;
        return probe == 0 ? 0 : Math.max(0, now - pingedAt - unread);
    }

    /** A pong came; answers whether it was that of the newest ping, which shows that all before it has been read. */
    boolean pong(long number, long now) {
        if (number != pings || !isAwaitingPong()) {
            return false;
        }
        if (probe != 0) {
            sentSincePing -= sentBeforeProbe;
            probe = 0;
            return true;
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

    /** When the newest ping went out; the time of its beginning where there was none. */
    long pingedAt() {
        return pingedAt;
    }

    /** What the next frame should not exceed, so that no more than a window is ever unread; never too little for a few rows. */
    int room() {
        return Math.max(Math.min(SMALLEST, largest), bytes - sentSincePing);
    }
}
