package tickerplant.market;

/**
 * Something was written about an instrument, or about the whole market.
 *
 * @param symbol the instrument, or {@link Symbol#WHOLE_MARKET}
 * @param headline what, 1 to {@link #MAX_HEADLINE} characters
 * @param url where the rest can be read, {@code http} or {@code https}; at most {@link #MAX_URL} characters; may be empty
 * @param source who wrote it; may be empty
 * @param ts when it was published, in microseconds since the epoch
 */
public record News(Symbol symbol, String headline, String url, String source, long ts) implements Event {
    /** The longest headline, in characters. */
    public static final int MAX_HEADLINE = 512;

    /** The longest address, in characters. */
    public static final int MAX_URL = 2048;
}
