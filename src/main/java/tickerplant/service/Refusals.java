package tickerplant.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.LongAdder;
import tickerplant.hub.Hub;
import tickerplant.market.Event;

/** Counts events that the market refused, and logs the first. The market thread adds, any may read. */
final class Refusals implements Hub.Refusals {
    private static final Logger LOG = System.getLogger(Refusals.class.getName());

    private final LongAdder count = new LongAdder();

    @Override
    public void refused(Event event, String reason) {
        if (count.sum() == 0) {
            LOG.log(Level.WARNING, "refused an event of {0}: {1}; more are only counted", event.symbol(), reason);
        }
        count.increment();
    }

    long count() {
        return count.sum();
    }
}
