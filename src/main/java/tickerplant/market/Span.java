package tickerplant.market;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The time that one bar covers. Immutable.
 *
 * @param start its first microsecond since the epoch
 * @param end the first microsecond after it
 */
record Span(long start, long end) {
    /** The span of an interval, aligned in UTC, that a moment lies in. */
    static Span around(long ts, Interval interval) {
        long start = ts - Math.floorMod(ts, interval.micros());
        return new Span(start, start + interval.micros());
    }

    /** The day that a moment lies in, from midnight to midnight. */
    static Span day(long ts, ZoneId zone) {
        LocalDate date = Instant.EPOCH.plus(ts, ChronoUnit.MICROS).atZone(zone).toLocalDate();
        return new Span(midnight(date, zone), midnight(date.plusDays(1), zone));
    }

    private static long midnight(LocalDate date, ZoneId zone) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, date.atStartOfDay(zone).toInstant());
    }

    boolean contains(long ts) {
        return ts >= start && ts < end;
    }
}
