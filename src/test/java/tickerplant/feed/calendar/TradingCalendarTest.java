package tickerplant.feed.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradingCalendarTest {
    static final Path SAMPLE = Path.of("docs", "calendars", "us-equities.txt");

    @TempDir
    Path folder;

    static long micros(String utc) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(utc));
    }

    private TradingCalendar calendar(String text) throws IOException {
        return TradingCalendar.read(Files.writeString(folder.resolve("calendar.txt"), text));
    }

    private static String shown(Turn turn) {
        String reason = turn.reason().isEmpty() ? "" : " " + turn.reason();
        return Instant.EPOCH.plus(turn.ts(), ChronoUnit.MICROS) + " " + turn.phase() + reason;
    }

    /** Every change between two moments. */
    private static List<String> between(TradingCalendar calendar, String from, String to) {
        List<String> turns = new ArrayList<>();
        Optional<Turn> next = calendar.after(micros(from));
        while (next.isPresent() && next.get().ts() <= micros(to)) {
            turns.add(shown(next.get()));
            next = calendar.after(next.get().ts());
        }
        return turns;
    }

    private static String at(TradingCalendar calendar, String moment) {
        return calendar.at(micros(moment)).map(TradingCalendarTest::shown).orElse("unknown");
    }

    @Test
    void aWeekendIsOneLongCloseAndHoursFollowTheClocksOfThePlace() throws IOException {
        TradingCalendar shares = TradingCalendar.read(SAMPLE);
        assertEquals(
                List.of(
                        "2026-03-06T14:30:00Z OPEN",
                        "2026-03-06T21:00:00Z POST",
                        "2026-03-07T01:00:00Z CLOSED",
                        "2026-03-09T08:00:00Z PRE",
                        "2026-03-09T13:30:00Z OPEN"),
                between(shares, "2026-03-06T12:00:00Z", "2026-03-09T13:30:00Z"),
                "clocks go forward on March 8");
        assertEquals(
                List.of(
                        "2026-10-30T13:30:00Z OPEN",
                        "2026-10-30T20:00:00Z POST",
                        "2026-10-31T00:00:00Z CLOSED",
                        "2026-11-02T09:00:00Z PRE",
                        "2026-11-02T14:30:00Z OPEN"),
                between(shares, "2026-10-30T12:00:00Z", "2026-11-02T14:30:00Z"),
                "clocks go back on November 1");
    }

    @Test
    void aHolidaySaysItsNameAndAHalfDayEndsEarly() throws IOException {
        TradingCalendar shares = TradingCalendar.read(SAMPLE);
        assertEquals(
                List.of(
                        "2026-11-26T01:00:00Z CLOSED",
                        "2026-11-26T05:00:00Z CLOSED Thanksgiving Day",
                        "2026-11-27T09:00:00Z PRE Day after Thanksgiving",
                        "2026-11-27T14:30:00Z OPEN Day after Thanksgiving",
                        "2026-11-27T18:00:00Z POST Day after Thanksgiving",
                        "2026-11-27T22:00:00Z CLOSED Day after Thanksgiving",
                        "2026-11-28T05:00:00Z CLOSED",
                        "2026-11-30T09:00:00Z PRE"),
                between(shares, "2026-11-26T00:00:00Z", "2026-11-30T09:00:00Z"));
        assertEquals("2026-11-26T05:00:00Z CLOSED Thanksgiving Day", at(shares, "2026-11-26T20:00:00Z"));
        assertEquals("2026-11-27T14:30:00Z OPEN Day after Thanksgiving", at(shares, "2026-11-27T14:30:00Z"));
    }

    @Test
    void theSampleKeepsTheHolidaysThatFollowRules() throws IOException {
        TradingCalendar shares = TradingCalendar.read(SAMPLE);
        for (int year = 2026; year <= 2027; year++) {
            LocalDate first = LocalDate.of(year, Month.JANUARY, 1);
            List<LocalDate> holidays = List.of(
                    first,
                    first.with(TemporalAdjusters.dayOfWeekInMonth(3, DayOfWeek.MONDAY)),
                    first.withMonth(2).with(TemporalAdjusters.dayOfWeekInMonth(3, DayOfWeek.MONDAY)),
                    first.withMonth(5).with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY)),
                    observed(LocalDate.of(year, Month.JUNE, 19)),
                    observed(LocalDate.of(year, Month.JULY, 4)),
                    first.withMonth(9).with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY)),
                    first.withMonth(11).with(TemporalAdjusters.dayOfWeekInMonth(4, DayOfWeek.THURSDAY)),
                    observed(LocalDate.of(year, Month.DECEMBER, 25)));
            for (LocalDate holiday : holidays) {
                Turn noon = shares.at(micros(holiday + "T17:00:00Z")).orElseThrow();
                assertTrue(shown(noon).startsWith(holiday + "T0"), holiday + ": " + shown(noon));
                assertTrue(shown(noon).contains("CLOSED "), holiday + ": " + shown(noon));
            }
        }
        assertTrue(at(shares, "2026-04-03T17:00:00Z").endsWith("CLOSED Good Friday"));
        assertTrue(at(shares, "2027-03-26T17:00:00Z").endsWith("CLOSED Good Friday"));
    }

    private static LocalDate observed(LocalDate day) {
        return switch (day.getDayOfWeek()) {
            case SATURDAY -> day.minusDays(1);
            case SUNDAY -> day.plusDays(1);
            default -> day;
        };
    }

    @Test
    void aPhaseLastsPastMidnight() throws IOException {
        TradingCalendar futures = calendar(
                """
                zone America/Chicago
                until 2027-12-31
                hours evening 17:00 open
                hours day 16:00 closed, 17:00 open
                hours end 16:00 closed
                sat closed
                sun evening
                mon-thu day
                fri end   # until Sunday
                2026-12-25 closed Christmas
                """);
        assertEquals(
                List.of(
                        "2026-11-22T23:00:00Z OPEN",
                        "2026-11-23T22:00:00Z CLOSED",
                        "2026-11-23T23:00:00Z OPEN",
                        "2026-11-24T22:00:00Z CLOSED"),
                between(futures, "2026-11-22T00:00:00Z", "2026-11-24T22:00:00Z"));
        assertEquals("2026-11-22T23:00:00Z OPEN", at(futures, "2026-11-23T08:00:00Z"));
        assertEquals(
                "2026-12-25T06:00:00Z CLOSED Christmas",
                at(futures, "2026-12-25T12:00:00Z"),
                "a day off cuts it short");
    }

    @Test
    void anHourThatIsLeftOutIsItsMomentAndOfOneThatComesTwiceTheFirstCounts() throws IOException {
        TradingCalendar nightly = calendar(
                """
                zone America/New_York
                until 2027-12-31
                hours night 01:30 pre, 02:15 auction, 02:45 open, 03:00 closed
                mon-sun night
                """);
        assertEquals("2026-03-08T06:30:00Z PRE", at(nightly, "2026-03-08T06:59:59Z"));
        assertEquals("2026-03-08T07:00:00Z CLOSED", at(nightly, "2026-03-08T07:00:00Z"));
        assertEquals(
                List.of(
                        "2026-11-01T05:30:00Z PRE",
                        "2026-11-01T07:15:00Z AUCTION",
                        "2026-11-01T07:45:00Z OPEN",
                        "2026-11-01T08:00:00Z CLOSED"),
                between(nightly, "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"));
    }

    @Test
    void pastItsLastDayACalendarKnowsNothing() throws IOException {
        TradingCalendar shares = TradingCalendar.read(SAMPLE);
        assertEquals(
                List.of("2028-01-01T01:00:00Z CLOSED"),
                between(shares, "2027-12-31T21:00:00Z", "2029-01-01T00:00:00Z"));
        assertEquals("unknown", at(shares, "2028-01-03T15:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        zone Mars/Olympus              | line 3: Unknown time-zone ID: Mars/Olympus
        zone Europe/London             | line 3: a second zone
        until tomorrow                 | line 3: Text 'tomorrow' could not be parsed at index 0
        hours day                      | line 3: expected a name in small letters and times, such as hours regular 09:30 open, 16:00 closed
        hours day 9:30 open            | line 3: '9:30 open', expected a time and a phase: 09:30 open
        hours day 25:30 open           | line 3: Text '25:30' could not be parsed: Invalid value for HourOfDay (valid values 0 - 23): 25
        hours day 09:30 trading        | line 3: 'trading', expected a phase: pre, open, halted, auction, post or closed
        hours day 09:30 open, 09:30 closed | line 3: 09:30 does not come after what stands before it
        hours closed 09:30 open        | line 3: a second closed
        mon-fri day                    | line 3: 'day', expected closed, or hours that a line above describes: [closed]
        mon-foo closed                 | line 3: 'foo', expected mon, tue, wed, thu, fri, sat or sun
        Monday closed                  | line 3: 'Monday', expected zone, until, hours, a day such as 2027-12-24, or days of the week such as mon-fri
        2026-02-30 closed              | line 3: Text '2026-02-30' could not be parsed: Invalid date 'FEBRUARY 30'
        mon-sun                        | line 3: 'mon-sun' alone says nothing
        mon-sat closed                 | : expected a line for sun, such as sun closed
        """)
    void whatMakesNoSenseIsRefusedByItsLine(String line, String complaint) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> calendar("# a calendar\nzone America/New_York\n" + line + "\nuntil 2027-12-31\n"));
        assertTrue(refused.getMessage().endsWith(complaint), refused.getMessage());
    }
}
