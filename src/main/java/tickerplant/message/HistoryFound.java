package tickerplant.message;

/**
 * The answer to {@code history}.
 *
 * @param id of the request
 * @param page what was found
 * @param epoch the log that its sequences count in
 */
public record HistoryFound(RequestId id, HistoryPage page, String epoch) implements Message {
    /** What a row takes that nobody else holds, most of them being shared. */
    private static final int ROW_BYTES = 16;

    @Override
    public int weight() {
        return 128 + ROW_BYTES * page.rows().size();
    }
}
