package tickerplant.market;

import java.util.EnumMap;
import java.util.Map;

/** How many recent bars all symbols together may keep. Owned by the market thread. */
final class BarRoom {
    /** How many bars of one symbol and interval are kept. */
    private static final int MOST_BARS = 128;

    private static final int FEWEST_BARS = 2;
    private static final int INTERVALS = Interval.values().length;

    private final int budget;
    private int listings;
    /** By interval, because else those of a second would leave no room for those of an hour. */
    private final Map<Interval, BarLog.Room> logs = new EnumMap<>(Interval.class);

    BarRoom(int budget) {
        this.budget = budget;
        for (Interval interval : Interval.values()) {
            logs.put(interval, new BarLog.Room(budget / INTERVALS));
        }
    }

    /** There is one symbol more. */
    void listed() {
        listings++;
    }

    /** How many bars of one symbol and interval may be kept now, so that they can be corrected. */
    int limit() {
        return Math.max(FEWEST_BARS, Math.min(MOST_BARS, budget / INTERVALS / listings));
    }

    /** The room for what was told of an interval's bars. */
    BarLog.Room log(Interval interval) {
        return logs.get(interval);
    }
}
