package tickerplant.message;

import java.util.List;
import java.util.Optional;
import tickerplant.market.Channel;
import tickerplant.market.Interval;

/**
 * The answer to {@code unsubscribe}.
 *
 * @param id of the request
 * @param channel the word of the channel that was named
 * @param interval that was named; empty where the channel has none, or all of its intervals were meant
 * @param symbols the entries that were removed
 * @param total how many symbols the client follows in the channel and interval now
 */
public record Unsubscribed(RequestId id, String channel, Optional<Interval> interval, List<String> symbols, int total)
        implements Message {

    /** The answer where one channel was named. */
    public static Unsubscribed from(RequestId id, Channel channel, List<String> symbols, int total) {
        return new Unsubscribed(id, channel.word(), channel.interval(), symbols, total);
    }

    /** The answer where the bars of all intervals were meant. */
    public static Unsubscribed fromBars(RequestId id, List<String> symbols) {
        return new Unsubscribed(id, Channel.BARS, Optional.empty(), symbols, 0);
    }

    @Override
    public int weight() {
        return 128 + 16 * symbols.size();
    }
}
