package tickerplant.feed.calendar;

import tickerplant.market.Phase;

/**
 * The market enters a phase.
 *
 * @param ts when, in microseconds since the epoch
 * @param phase the phase
 * @param reason the name of a special day; empty on others
 */
record Turn(long ts, Phase phase, String reason) {
    boolean saysMoreThan(Turn before) {
        return phase != before.phase || !reason.equals(before.reason);
    }
}
