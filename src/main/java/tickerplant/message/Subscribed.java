package tickerplant.message;

import java.util.List;
import java.util.Map;
import tickerplant.market.Channel;

/**
 * The answer to {@code subscribe}.
 *
 * @param id of the request
 * @param channel that was asked for
 * @param symbols the entries that were taken, as they were asked for
 * @param total how many symbols the client follows in the channel now
 * @param rejected the entries that were not taken
 * @param seq where the client stands, for symbols that it gets no plain snapshot of
 * @param recovery how it was brought back to there, for symbols that it knew before
 */
public record Subscribed(
        RequestId id,
        Channel channel,
        List<String> symbols,
        int total,
        List<Rejected> rejected,
        Map<String, Long> seq,
        Map<String, Recovered> recovery)
        implements Message {

    /**
     * An entry that was not taken.
     *
     * @param symbol as it was asked for
     * @param reason why not
     * @param didYouMean symbols that may have been meant, best first; mostly none
     */
    public record Rejected(String symbol, Reason reason, List<String> didYouMean) {
        public Rejected(String symbol, Reason reason) {
            this(symbol, reason, List.of());
        }
    }

    @Override
    public int weight() {
        return 128 + 16 * symbols.size() + 128 * rejected.size() + 24 * (seq.size() + recovery.size());
    }
}
