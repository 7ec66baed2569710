package tickerplant.session;

/**
 * How long a sender lets changes gather after a round: as long as the round has worked, and longer the longer its frames were,
 * since where much happens, a moment brings each client many rows that one frame can carry for the price of one. What counts
 * is the processor time of a round: one that others kept from running must not pause longer for it as well. For the sender's
 * thread.
 */
final class Pause {
    /** What comes a moment later goes into one message with it; nobody can see so short a time. */
    static final long SHORTEST_NANOS = 1_000_000;
    /** With the round after it, less than half of what a healthy client may be behind by under the highest load. */
    static final long LONGEST_NANOS = 8_000_000;
    /** Frames of three rows or so: from here on it is rows that frames cost, no longer the kernel's part. */
    static final int LONG_FRAME_BYTES = 300;
    /** Longer ones are snapshots and answers, which say nothing of what a pause would gather. */
    static final int LONGEST_FRAME_BYTES = 3_000;

    private long began;
    private long frames;
    private long bytes;
    private long end;

    /** Takes the processor time at which a round begins. */
    void roundBegins(long processorNanos) {
        began = processorNanos;
        frames = 0;
        bytes = 0;
    }

    /** A frame goes out in this round. */
    void carried(int length) {
        frames++;
        bytes += Math.min(length, LONGEST_FRAME_BYTES);
    }

    /** Takes the processor time and the moment at which it ends. */
    void roundEnds(long processorNanos, long now) {
        double worked = processorNanos - began;
        double meanLength = frames == 0 ? 0 : (double) bytes / frames;
        double pause = worked * (1 + meanLength / LONG_FRAME_BYTES);
        end = now + Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, (long) pause));
    }

    /** When the next round may begin. */
    long end() {
        return end;
    }
}
