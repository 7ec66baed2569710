package tickerplant.message;

import java.util.List;
import tickerplant.market.Channel;

/**
 * Changes in a channel. A large one is told in several frames.
 *
 * @param channel the channel
 * @param ts when it was put together, in microseconds since the epoch
 * @param rows the changes, in order for each symbol
 */
public record UpdateMessage(Channel channel, long ts, List<Row> rows) implements Message {
    @Override
    public int weight() {
        return 64 + rows.size();
    }
}
