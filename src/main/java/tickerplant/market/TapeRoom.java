package tickerplant.market;

/** How many recent trades all tapes together may keep. Owned by the market thread. */
final class TapeRoom {
    private static final int LONGEST_TAPE = 4096;
    private static final int SHORTEST_TAPE = 16;

    private final int budget;
    private int kept;

    TapeRoom(int budget) {
        this.budget = budget;
    }

    /** How many trades the tape may keep that takes one now: fewer where the budget is spent. */
    int limit() {
        return kept < budget ? LONGEST_TAPE : SHORTEST_TAPE;
    }

    void taken() {
        kept++;
    }

    void released(int trades) {
        kept -= trades;
    }
}
