package tickerplant.message;

import java.util.List;
import java.util.OptionalLong;
import tickerplant.feed.text.Rejection;

/**
 * What was published is safe, but for what was rejected.
 *
 * @param id of the request
 * @param count how many events have entered the log
 * @param duplicates how many events came again, and changed nothing
 * @param rejected those that were not as they must be, or the first of them
 * @param rejections how many were not
 * @param next the number that the publisher's next message must have; absent where it knows
 */
public record Accepted(
        RequestId id, long count, long duplicates, List<Rejection> rejected, long rejections, OptionalLong next)
        implements Message {
    private static final int REJECTION_BYTES = 64;

    public Accepted {
        rejected = List.copyOf(rejected);
    }

    @Override
    public int weight() {
        return 128 + REJECTION_BYTES * rejected.size();
    }
}
