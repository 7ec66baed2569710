package tickerplant.market;

/** An update that may be merged with the next one of its key while it waits for a slow receiver. */
public sealed interface Conflatable extends Update permits TickerUpdate, StatusUpdate, BarUpdate {
    /**
     * This update and the one that follows it, as one. Associative, so it does not matter in which order a run of updates
     * is merged.
     *
     * @throws IllegalArgumentException where the other does not follow without a gap
     */
    Conflatable merge(Conflatable later);

    /** Whether the two may be told as one. */
    default boolean mayMerge(Conflatable later) {
        return true;
    }

    /** Refuses what does not continue this update. */
    default void requireFollowedBy(Conflatable later) {
        if (later.seq() - later.n() != seq()
                || !later.instrument().symbol().equals(instrument().symbol())) {
            throw new IllegalArgumentException(later.instrument().symbol() + " " + later.seq() + " of " + later.n()
                    + " does not follow " + instrument().symbol() + " " + seq());
        }
    }
}
