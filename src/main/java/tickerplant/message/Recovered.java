package tickerplant.message;

/** How a client that was away was brought back. */
public enum Recovered {
    /** By every row that it missed, as it was. */
    REPLAYED,
    /** By one row that stands for all that it missed. */
    MERGED,
    /** By some of the rows, after a gap. */
    PARTIAL,
    /** By what stands now. */
    SNAPSHOT
}
