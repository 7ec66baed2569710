package tickerplant.message;

import java.util.List;
import tickerplant.market.Channel;

/**
 * What a channel shows of some symbols, as a whole. A large one is told in several frames.
 *
 * @param channel the channel
 * @param ts when it was taken, in microseconds since the epoch
 * @param rows a row for each symbol
 */
public record Snapshot(Channel channel, long ts, List<Row> rows) implements Message {
    @Override
    public int weight() {
        return 64 + rows.size();
    }
}
