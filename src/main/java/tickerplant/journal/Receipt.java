package tickerplant.journal;

/**
 * Hears once what became of what was recorded. Called by the journal's own thread, or by the market thread where there is
 * nothing to wait for; it must not wait.
 */
public interface Receipt {
    /** It is there after any crash. */
    void safe();

    /**
     * It may be missing after a restart, though everybody who follows it has been told.
     *
     * @param reason why, in words for a person
     */
    void lost(String reason);
}
