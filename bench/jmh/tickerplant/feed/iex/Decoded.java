package tickerplant.feed.iex;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tickerplant.feed.FeedSink;
import tickerplant.market.Event;

/** Counts messages as a benchmark's result; what becomes of them is counted, too, so that none is left out. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Decoded implements FeedSink {
    /** Messages that were decoded. */
    public long messages;

    private long events;

    @Override
    public void event(Event event) {
        events++;
    }

    @Override
    public void damaged(String place, String reason) {
        // recordings have some
    }
}
