package tickerplant.feed;

import java.util.OptionalLong;

/**
 * How a feed is doing, as of one moment.
 *
 * @param name the feed's name
 * @param mode what kind of time its events live in
 * @param state what it is doing
 * @param trades trades that entered the log
 * @param quotes quotes that entered the log
 * @param cancels cancels that entered the log
 * @param others listings, phases, news and day rolls that entered the log while it ran
 * @param refused events that were not valid and did not enter the log
 * @param damaged parts of the source that could not be read
 * @param ageMillis milliseconds since its last event arrived; empty where none has arrived yet
 * @param lastProblem the last thing that went wrong, fit for a log; empty where nothing has
 */
public record FeedStatus(
        String name,
        Feed.Mode mode,
        State state,
        long trades,
        long quotes,
        long cancels,
        long others,
        long refused,
        long damaged,
        OptionalLong ageMillis,
        String lastProblem) {

    /** What a feed is doing. */
    public enum State {
        /** Not started, or started and nothing has arrived yet. */
        CONNECTING,
        /** Events arrive as they happen. */
        LIVE,
        /** A live feed has been silent for longer than expected. */
        STALE,
        /** Recorded events are played again; a silence is as long as it was then. */
        REPLAY,
        /** The source is lost; another attempt is under way. */
        DOWN,
        /** There is no more, or it was stopped. */
        ENDED
    }

    /** The same in another state. */
    public FeedStatus in(State other) {
        return new FeedStatus(
                name, mode, other, trades, quotes, cancels, others, refused, damaged, ageMillis, lastProblem);
    }

    /** The same, but doing what another one does. */
    public FeedStatus as(FeedStatus other) {
        return new FeedStatus(
                name,
                mode,
                other.state,
                trades,
                quotes,
                cancels,
                others,
                refused,
                damaged,
                other.ageMillis,
                lastProblem);
    }

    /** The state in the wire protocol's words: {@code live}, {@code stale}, {@code replay} or {@code down}. */
    public String word() {
        return switch (state) {
            case LIVE -> "live";
            case STALE -> "stale";
            case REPLAY -> "replay";
            case DOWN -> "down";
            case CONNECTING -> mode == Feed.Mode.REPLAY ? "replay" : "stale";
            case ENDED -> mode == Feed.Mode.REPLAY ? "replay" : "down";
        };
    }
}
