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
    private final int most;
    private final int fewest;
    private int listings;
    /** By interval, because else those of a second would leave no room for those of an hour. */
    private final Map<Interval, BarLog.Room> logs = new EnumMap<>(Interval.class);

    BarRoom(int budget) {
        this(budget, MOST_BARS, FEWEST_BARS);
    }

    private BarRoom(int budget, int most, int fewest) {
        this.budget = budget;
        this.most = most;
        this.fewest = fewest;
        for (Interval interval : Interval.values()) {
            logs.put(interval, new BarLog.Room(budget / INTERVALS));
        }
    }

    /**
     * So many bars of every symbol and interval are kept, however many symbols there are.
     *
     * @param budget how many that were told final are remembered in all
     */
    static BarRoom each(int bars, int budget) {
        return new BarRoom(budget, bars, bars);
    }

    /** There is one symbol more. */
    void listed() {
        listings++;
    }

    /** How many bars of one symbol and interval may be kept now, so that they can be corrected. */
    int limit() {
        return Math.max(fewest, Math.min(most, budget / INTERVALS / listings));
    }

    /** The room for what was told of an interval's bars. */
    BarLog.Room log(Interval interval) {
        return logs.get(interval);
    }
}
