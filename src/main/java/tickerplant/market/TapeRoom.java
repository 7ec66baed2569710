package tickerplant.market;

/** How many recent trades all tapes together may keep. Owned by the market thread. */
final class TapeRoom {
    private static final int LONGEST_TAPE = 4096;
    private static final int SHORTEST_TAPE = 16;

    private final int budget;
    private final int longest;
    private final int shortest;
    private int kept;

    TapeRoom(int budget) {
        this(budget, LONGEST_TAPE, SHORTEST_TAPE);
    }

    private TapeRoom(int budget, int longest, int shortest) {
        this.budget = budget;
        this.longest = longest;
        this.shortest = shortest;
    }

    /** Every tape may keep so many, however many there are. */
    static TapeRoom each(int trades) {
        return new TapeRoom(0, trades, trades);
    }

    /** How many trades the tape may keep that takes one now: fewer where the budget is spent. */
    int limit() {
        return kept < budget ? longest : shortest;
    }

    void taken() {
        kept++;
    }

    void taken(int trades) {
        kept += trades;
    }

    void released(int trades) {
        kept -= trades;
    }
}
