package tickerplant.feed;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The trading day that an instrument is in. Calendars are asked once a day, not once an event. */
final class TradingDay {
    private final ZoneId zone;
    /** The first microsecond of the following day; 0 before the first event. */
    private long end;

    TradingDay(ZoneId zone) {
        this.zone = zone;
    }

    /** The first microsecond of the day after the current one; 0 before the first event. */
    long end() {
        return end;
    }

    /** Whether the moment lies past the current day, or there is none yet. */
    boolean isOver(long ts) {
        return ts >= end;
    }

    /** Makes the moment's day the current one; says whether there was another before it. */
    boolean begin(long ts) {
        boolean followed = end != 0;
        Instant midnight = Instant.EPOCH
                .plus(ts, ChronoUnit.MICROS)
                .atZone(zone)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(zone)
                .toInstant();
        end = ChronoUnit.MICROS.between(Instant.EPOCH, midnight);
        return followed;
    }
}
