package tickerplant.feed.calendar;

import java.time.LocalTime;
import java.util.List;
import tickerplant.market.Phase;

/**
 * What happens on a day of some kind, in order of time. A phase lasts until the next one, past midnight too.
 *
 * @param changes at least one
 */
record Hours(List<Change> changes) {
    /** A day on which nothing is traded. */
    static final Hours CLOSED = new Hours(List.of(new Change(LocalTime.MIDNIGHT, Phase.CLOSED)));

    /**
     * A phase begins.
     *
     * @param time by the clocks of the place
     */
    record Change(LocalTime time, Phase phase) {}

    Hours {
        changes = List.copyOf(changes);
    }
}
