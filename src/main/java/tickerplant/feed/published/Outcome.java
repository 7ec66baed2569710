package tickerplant.feed.published;

import java.util.List;
import tickerplant.feed.text.Rejection;

/** What became of a message. */
public sealed interface Outcome {
    /**
     * Its events are safe.
     *
     * @param count how many have entered the log
     * @param duplicates how many came again, and changed nothing
     * @param rejected the others
     */
    record Accepted(int count, int duplicates, List<Rejection> rejected) implements Outcome {}

    /**
     * It skips messages that have never come, and changed nothing.
     *
     * @param expected the number that the publisher's next message must have
     */
    record Skipped(long expected) implements Outcome {}

    /**
     * It changed nothing, because there are too many publishers.
     *
     * @param most how many are remembered
     */
    record Crowded(int most) implements Outcome {}

    /**
     * Something went wrong here, and whether its events will be remembered is not certain.
     *
     * @param reason in words for a person
     */
    record Failed(String reason) implements Outcome {}
}
