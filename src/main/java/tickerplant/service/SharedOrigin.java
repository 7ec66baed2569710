package tickerplant.service;

import tickerplant.bus.Origin;
import tickerplant.bus.Posting;
import tickerplant.market.DayRoll;
import tickerplant.market.LogEntry;

/** What sources are called in a log that many nodes share: two that tell the same must have the same name. */
final class SharedOrigin {
    private static final String FEED = "feed ";
    private static final String PUBLISHER = "publisher ";
    private static final String DAY = "day of ";

    private SharedOrigin() {}

    /**
     * Where an entry of a feed comes from. A day begins once for a symbol, whoever notices it.
     *
     * @param position the entry's number in its feed, of a day roll that of the day; 0 where it has none
     */
    static Origin of(String feed, LogEntry entry, long position) {
        if (position <= 0) {
            return Origin.NONE;
        }
        return entry instanceof DayRoll roll
                ? new Origin(DAY + roll.symbol(), position, 0)
                : new Origin(feed(feed), position, 0);
    }

    /** A phase begins once, whichever node's calendar says so. */
    static Origin ofCalendar(long ts) {
        return new Origin("calendar", ts, 0);
    }

    static String feed(String name) {
        return FEED + name;
    }

    static String publisher(String name) {
        return PUBLISHER + name;
    }

    /** Whether it is numbered by a feed, and not by the calendar. */
    static boolean isOfFeed(Posting posting) {
        return posting.origin().source().startsWith(FEED);
    }
}
