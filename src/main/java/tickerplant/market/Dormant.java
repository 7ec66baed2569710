package tickerplant.market;

/**
 * What a symbol was before a restart, which need not be there in full before it goes on: of a large market that is much.
 * Immutable.
 */
public interface Dormant {
    /** What is listed. */
    Instrument instrument();

    /** The name of the feed that the symbol belongs to; empty where no feed has named it. */
    String feed();

    /** When it was that its last values changed, in microseconds since the epoch; {@link Decimal#ABSENT} where they never did. */
    long ts();

    /** All of it. */
    ListingState state();

    /** The symbol's name. */
    default Symbol symbol() {
        return instrument().symbol();
    }

    /** Whether any feed has named it; else its past alone is known. */
    default boolean isNamed() {
        return !feed().isEmpty() || symbol().isWholeMarket();
    }
}
