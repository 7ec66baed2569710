package tickerplant.market;

/**
 * Hears once whether what was handed over is safe: stored, or confirmed by a log that other machines have. Called on any
 * thread; it must not wait.
 */
public interface Receipt {
    /** It is there after whatever was promised to be outlived. */
    void safe();

    /**
     * It may be missing later, though everybody who follows it may have been told.
     *
     * @param reason why, in words for a person
     */
    void lost(String reason);
}
