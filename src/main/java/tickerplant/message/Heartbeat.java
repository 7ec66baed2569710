package tickerplant.message;

import java.util.OptionalLong;

/**
 * Says that the connection lives, and how old the feed's last event is.
 *
 * @param ts when, in microseconds since the epoch
 * @param feed the worst of the feeds that the client follows
 * @param feedAgeMillis since that feed's last event came; absent where none has come
 * @param crc the checks of all symbols that the client follows in the ticker channel, by exclusive or; absent where it
 *     follows none, or where something of them is still on its way
 */
public record Heartbeat(long ts, FeedHealth feed, OptionalLong feedAgeMillis, OptionalLong crc) implements Message {
    /** A heartbeat that lets nothing be checked. */
    public Heartbeat(long ts, FeedHealth feed, OptionalLong feedAgeMillis) {
        this(ts, feed, feedAgeMillis, OptionalLong.empty());
    }

    /** The same, with a check of what the client should know. */
    public Heartbeat checkedBy(int check) {
        return new Heartbeat(ts, feed, feedAgeMillis, OptionalLong.of(Integer.toUnsignedLong(check)));
    }
}
