package tickerplant.message;

import java.util.List;
import tickerplant.market.Channel;

/**
 * The answer to {@code subscriptions}.
 *
 * @param id of the request
 * @param entries what the client follows, an item for each channel and rate
 */
public record Subscriptions(RequestId id, List<Entries> entries) implements Message {

    /**
     * What the client follows in one channel at one rate.
     *
     * @param channel the channel
     * @param symbols its entries, as they were asked for
     * @param maxRate their rate
     */
    public record Entries(Channel channel, List<String> symbols, Rate maxRate) {}

    @Override
    public int weight() {
        return 128
                + entries.stream()
                        .mapToInt(each -> 64 + 16 * each.symbols().size())
                        .sum();
    }
}
