package tickerplant.feed;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class TradingDayTest {
    @Test
    void aDayIsAsLongAsItsZoneMakesIt() {
        // The clocks of New York went forward on 8 March 2026: that day has 23 hours.
        TradingDay day = new TradingDay(ZoneId.of("America/New_York"));
        long midnight = micros("2026-03-08T05:00:00Z");
        assertTrue(day.isOver(midnight));
        assertFalse(day.begin(midnight), "the first day follows none");
        assertFalse(day.isOver(midnight + 23 * 3_600_000_000L - 1));
        assertTrue(day.isOver(midnight + 23 * 3_600_000_000L));
        assertTrue(day.begin(midnight + 23 * 3_600_000_000L));
        assertFalse(day.isOver(midnight + 47 * 3_600_000_000L - 1));
        assertTrue(day.isOver(midnight + 47 * 3_600_000_000L));
    }

    private static long micros(String instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
    }
}
