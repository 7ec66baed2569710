package tickerplant.feed;

import java.io.IOException;
import java.util.List;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;

/** A source of events: a venue, a file, a simulation. One thread at a time calls it. */
public interface Feed {
    /** What kind of time its events live in. */
    enum Mode {
        /** Events happen now. */
        LIVE,
        /** Recorded events are played again. */
        REPLAY
    }

    /** Its name in logs, meters and health; unique among the feeds of a service. */
    String name();

    /** What kind of time its events live in; {@link Mode#LIVE} unless it says otherwise. */
    default Mode mode() {
        return Mode.LIVE;
    }

    /**
     * The instruments that are known before the first event, in the order in which they should be listed; none unless it says
     * otherwise. Called once, before {@link #run}, and before the service is ready; reading a whole file for it is fine.
     */
    default List<Listed> instruments() throws IOException {
        return List.of();
    }

    /**
     * An instrument of its own is known from before a restart, and may be told about without being listed. Called before
     * {@link #run}, for those that {@link #instruments} does not name.
     */
    default void goOn(Instrument instrument) {
        // a feed that names all its instruments has no need to hear of them
    }

    /**
     * What it tells is in the log already, up to the event with that number, be it because it ran before, be it because it runs
     * elsewhere: it goes on after it at once. Called before {@link #run}, and by nobody for a feed that doesn't number its events.
     */
    default void goOn(long position) {
        // what it tells again is dropped
    }

    /**
     * Whether it numbers its events, the same ones whenever and wherever it runs (see {@link FeedSink#event(tickerplant.market.Event,
     * long)}); then it may run in several places at once, and else in one at a time.
     */
    default boolean isNumbered() {
        return false;
    }

    /**
     * It ran elsewhere until now, and goes on here: what was told last of each of its symbols. Called by the thread that then calls
     * {@link #run}, perhaps more than once, and by nobody for a feed that {@linkplain #isNumbered() numbers} its events.
     */
    default void takesOver(List<LastWord> told) {
        told.forEach(each -> goOn(each.instrument()));
    }

    /** Who is to hear which of its symbols anybody follows. */
    default Demand demand() {
        return Demand.IGNORED;
    }

    /**
     * Tells every event to the sink, in order and at its time, until there is no more, or the thread is interrupted. An
     * instrument that was not known before is listed before its first event.
     *
     * @throws IOException where the source is lost; what was told stays told
     */
    void run(FeedSink sink) throws IOException, InterruptedException;
}
