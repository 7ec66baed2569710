package tickerplant.message;

/** How much a client gets, from everything to next to nothing: the steps of the ladder in section 7 of the protocol. */
public enum Level {
    /** Every row, as it comes. */
    FULL,
    /** Rows merge, because the client doesn't take them as fast as they come. */
    CONFLATING,
    /** Rows of a symbol come at a lower rate. */
    REDUCED,
    /** Nothing but answers and heartbeats. */
    PAUSED;

    /** The next better one. */
    public Level relieved() {
        return switch (this) {
            case FULL, CONFLATING -> FULL;
            case REDUCED -> CONFLATING;
            case PAUSED -> REDUCED;
        };
    }
}
