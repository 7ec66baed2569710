package tickerplant.message;

import java.util.OptionalLong;

/**
 * Says that the connection lives, and how old the feed's last event is.
 *
 * @param ts when, in microseconds since the epoch
 * @param feed the worst of the feeds that the client follows
 * @param feedAgeMillis since that feed's last event came; absent where none has come
 */
public record Heartbeat(long ts, FeedHealth feed, OptionalLong feedAgeMillis) implements Message {}
