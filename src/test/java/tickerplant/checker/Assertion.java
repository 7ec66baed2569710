package tickerplant.checker;

/** What a checking client asserts, in the order and with the numbers of the list of guarantees. */
public enum Assertion {
    /** Each message is one well-formed object of a known type with its fields; numbers are canonical. */
    WELL_FORMED(1),
    /** {@code seq - n} is the sequence last received of the key, unless a snapshot or a gap stands between. */
    NO_SILENT_GAP(2),
    /** The first row of a subscription is a snapshot, or continues the position that was agreed on. */
    SNAPSHOT_FIRST(3),
    /** A snapshot is the fold of everything up to its sequence. */
    SNAPSHOT_TRUE(4),
    /** One content per epoch, key and sequence, whoever hears it and by whatever way. */
    ONE_CONTENT(5),
    /** Prices are those the feed sent, digit for digit. */
    FEED_PRICES(6),
    /** After quiet, the folded state is the server's. */
    CONVERGENCE(7),
    /** Nothing comes that was not asked for. */
    NOTHING_FOREIGN(8),
    /** One reply per request, in time, and before what it announces. */
    ONE_REPLY(9),
    /** A merged row is what the merged events give. */
    MERGE_TRUE(10),
    /** Heartbeats come in time and carry the right sum. */
    HEARTBEAT(11),
    /** The connection ends with a code that is documented. */
    LEGAL_CLOSE(12);

    private final int number;

    Assertion(int number) {
        this.number = number;
    }

    /** The place in the list of guarantees. */
    public int number() {
        return number;
    }
}
