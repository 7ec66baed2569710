package tickerplant.feed.calendar;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a market is in which phase: hours for each day of the week, and for days that are not like others. Immutable, safe for
 * any thread.
 */
public final class TradingCalendar {
    /** No phase is looked for further back or ahead. */
    private static final int DAYS_BACK = 15;

    private static final int DAYS_AHEAD = 400;

    /**
     * A day that is not like others of the week.
     *
     * @param reason what it is called; may be empty
     */
    record SpecialDay(Hours hours, String reason) {}

    private final ZoneId zone;
    private final Map<DayOfWeek, Hours> week;
    private final Map<LocalDate, SpecialDay> specialDays;
    private final LocalDate last;

    /**
     * A calendar.
     *
     * @param zone where its clocks hang
     * @param week the hours of every day of the week
     * @param last the last day that it knows of
     */
    TradingCalendar(ZoneId zone, Map<DayOfWeek, Hours> week, Map<LocalDate, SpecialDay> specialDays, LocalDate last) {
        this.zone = zone;
        this.week = Map.copyOf(week);
        this.specialDays = Map.copyOf(specialDays);
        this.last = last;
    }

    /**
     * The calendar that a file describes.
     *
     * @throws IOException where it can't be read
     * @throws IllegalArgumentException naming the line that makes no sense and what was expected
     */
    public static TradingCalendar read(Path file) throws IOException {
        return new CalendarReader().read(file);
    }

    /** The last day that it knows of. */
    LocalDate last() {
        return last;
    }

    /** What the market is in at a moment, and since when; empty where it isn't known. */
    Optional<Turn> at(long ts) {
        if (day(ts).isAfter(last)) {
            return Optional.empty();
        }
        List<Turn> turns = turns(day(ts).minusDays(DAYS_BACK), day(ts));
        for (int i = turns.size() - 1; i >= 0; i--) {
            if (turns.get(i).ts() <= ts) {
                return Optional.of(turns.get(i));
            }
        }
        return Optional.empty();
    }

    /** What the market enters next after a moment; empty where that isn't known. */
    Optional<Turn> after(long ts) {
        return turns(day(ts).minusDays(DAYS_BACK), day(ts).plusDays(DAYS_AHEAD)).stream()
                .filter(turn -> turn.ts() > ts)
                .findFirst();
    }

    private LocalDate day(long ts) {
        return Instant.EPOCH.plus(ts, ChronoUnit.MICROS).atZone(zone).toLocalDate();
    }

    /** Every change from one day to another, without those after which it is as before. */
    private List<Turn> turns(LocalDate from, LocalDate to) {
        List<Turn> turns = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to) && !day.isAfter(last); day = day.plusDays(1)) {
            SpecialDay special = specialDays.get(day);
            Hours hours = special == null ? week.get(day.getDayOfWeek()) : special.hours();
            for (Hours.Change change : hours.changes()) {
                Turn turn = new Turn(
                        micros(day.atTime(change.time())), change.phase(), special == null ? "" : special.reason());
                if (turns.isEmpty() || turn.saysMoreThan(turns.get(turns.size() - 1))) {
                    turns.add(turn);
                }
            }
        }
        return turns;
    }

    /** Of an hour that comes twice the first counts; what would be in one that is left out is when it is left out. */
    private long micros(LocalDateTime local) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        Instant moment = transition != null && transition.isGap()
                ? transition.getInstant()
                : ZonedDateTime.ofLocal(local, zone, null).toInstant();
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }
}
