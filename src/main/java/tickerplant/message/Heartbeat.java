package tickerplant.message;

import java.util.Optional;
import java.util.OptionalLong;
import tickerplant.market.Phase;

/**
 * Says that the connection lives, and how old the feed's last event is.
 *
 * @param ts when, in microseconds since the epoch
 * @param feed the worst of the feeds that the client follows
 * @param feedAgeMillis since that feed's last event came; absent where none has come
 * @param market the phase that the whole market is in, where it is known
 * @param crc the checks of all symbols that the client follows in the ticker channel, by exclusive or; absent where it
 *     follows none, or where something of them is still on its way
 */
public record Heartbeat(long ts, FeedHealth feed, OptionalLong feedAgeMillis, Optional<Phase> market, OptionalLong crc)
        implements Message {
    /** A heartbeat that lets nothing be checked. */
    public Heartbeat(long ts, FeedHealth feed, OptionalLong feedAgeMillis, Optional<Phase> market) {
        this(ts, feed, feedAgeMillis, market, OptionalLong.empty());
    }

    /** The same, with a check of what the client should know. */
    public Heartbeat checkedBy(int check) {
        return new Heartbeat(ts, feed, feedAgeMillis, market, OptionalLong.of(Integer.toUnsignedLong(check)));
    }
}
