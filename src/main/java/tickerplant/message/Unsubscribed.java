package tickerplant.message;

import java.util.List;
import tickerplant.market.Channel;

/**
 * The answer to {@code unsubscribe}.
 *
 * @param id of the request
 * @param channel that was named
 * @param symbols the entries that were removed
 * @param total how many symbols the client follows in the channel now
 */
public record Unsubscribed(RequestId id, Channel channel, List<String> symbols, int total) implements Message {
    @Override
    public int weight() {
        return 128 + 16 * symbols.size();
    }
}
