package tickerplant.message;

/**
 * From now on the client gets more, or less.
 *
 * @param level how much
 * @param reason why it is or was not everything
 * @param maxRate of the rows that are concerned, {@link Rate#UNLIMITED} where the level sets none
 * @param pending how many rows wait for the client
 */
public record Flow(Level level, Why reason, Rate maxRate, int pending) implements Message {
    /** Why a client doesn't get everything. */
    public enum Why {
        /** It does not read fast enough. */
        SLOW_CLIENT,
        /** It has asked for a pause. */
        CONFIGURED,
        /** It has said that symbols are not visible. */
        HIDDEN
    }
}
