package tickerplant.session;

/**
 * How long a sender lets changes gather after a round: as long as the round has taken, so that it is idle for half of its
 * time, and what a message costs is shared by the more rows the more there is to do. For the sender's thread.
 */
final class Pause {
    /** What comes a moment later goes into one message with it; nobody can see so short a time. */
    static final long SHORTEST_NANOS = 1_000_000;
    /** A third of what a healthy client may be behind by under the highest load. */
    static final long LONGEST_NANOS = 20_000_000;

    private long began;
    private long end;

    void roundBegins(long now) {
        began = now;
    }

    void roundEnds(long now) {
        long took = now - began;
        end = now + Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, took));
    }

    /** When the next round may begin. */
    long end() {
        return end;
    }
}
