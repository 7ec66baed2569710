package tickerplant.feed.calendar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tickerplant.market.Phase;

/** Reads one calendar, line by line; each means something only together with those before it. For one thread. */
final class CalendarReader {
    private static final int LONGEST_REASON = 64;
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern CHANGE = Pattern.compile("(\\d{2}:\\d{2}) +([a-z]+)");
    private static final Pattern DAYS = Pattern.compile("([a-z]{3})(?:-([a-z]{3}))?");
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
    private static final String CLOSED = "closed";

    private final Map<String, Hours> hours = new HashMap<>(Map.of(CLOSED, Hours.CLOSED));
    private final Map<DayOfWeek, Hours> week = new EnumMap<>(DayOfWeek.class);
    private final Map<LocalDate, TradingCalendar.SpecialDay> specialDays = new HashMap<>();
    private Optional<ZoneId> zone = Optional.empty();
    private Optional<LocalDate> last = Optional.empty();

    TradingCalendar read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("(^|\\s)#.*", "").strip();
            try {
                if (!line.isEmpty()) {
                    read(line);
                }
            } catch (DateTimeException | IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return new TradingCalendar(
                zone.orElseThrow(() -> missing(file, "zone, such as zone America/New_York")),
                wholeWeek(file),
                specialDays,
                last.orElseThrow(
                        () -> missing(file, "until, such as until 2027-12-31: the last day that it knows of")));
    }

    private static IllegalArgumentException missing(Path file, String what) {
        return new IllegalArgumentException(file + ": expected a line " + what);
    }

    private Map<DayOfWeek, Hours> wholeWeek(Path file) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (!week.containsKey(day)) {
                throw missing(file, "for " + word(day) + ", such as " + word(day) + " closed");
            }
        }
        return week;
    }

    private void read(String line) {
        String[] words = BLANKS.split(line, 2);
        if (words.length < 2) {
            throw new IllegalArgumentException("'" + words[0] + "' alone says nothing");
        }
        String first = words[0];
        String rest = words[1].strip();
        switch (first) {
            case "zone" -> zone = Optional.of(once(zone, first, ZoneId.of(rest)));
            case "until" -> last = Optional.of(once(last, first, LocalDate.parse(rest)));
            case "hours" -> hours(rest);
            default -> {
                if (DATE.matcher(first).matches()) {
                    specialDay(LocalDate.parse(first), rest);
                } else {
                    daysOfWeek(first, named(rest));
                }
            }
        }
    }

    private static <T> T once(Optional<T> before, String what, T value) {
        if (before.isPresent()) {
            throw new IllegalArgumentException("a second " + what);
        }
        return value;
    }

    private void hours(String text) {
        String[] words = BLANKS.split(text, 2);
        if (words.length < 2 || !NAME.matcher(words[0]).matches()) {
            throw new IllegalArgumentException(
                    "expected a name in small letters and times, such as hours regular" + " 09:30 open, 16:00 closed");
        }
        List<Hours.Change> changes = new ArrayList<>();
        for (String part : words[1].split(",", -1)) {
            Matcher change = CHANGE.matcher(part.strip());
            if (!change.matches()) {
                throw new IllegalArgumentException("'" + part.strip() + "', expected a time and a phase: 09:30 open");
            }
            LocalTime time = LocalTime.parse(change.group(1));
            if (!changes.isEmpty()
                    && !time.isAfter(changes.get(changes.size() - 1).time())) {
                throw new IllegalArgumentException(time + " does not come after what stands before it");
            }
            changes.add(new Hours.Change(time, phase(change.group(2))));
        }
        if (hours.putIfAbsent(words[0], new Hours(changes)) != null) {
            throw new IllegalArgumentException("a second " + words[0]);
        }
    }

    private static Phase phase(String word) {
        return Stream.of(Phase.values())
                .filter(phase -> phase.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + word + "', expected a phase: pre, open, halted, auction, post or closed"));
    }

    private Hours named(String name) {
        Hours found = hours.get(name);
        if (found == null) {
            throw new IllegalArgumentException("'" + name + "', expected closed, or hours that a line above describes: "
                    + hours.keySet().stream().sorted().toList());
        }
        return found;
    }

    private void specialDay(LocalDate day, String text) {
        String[] words = BLANKS.split(text, 2);
        String reason = words.length < 2 ? "" : words[1].strip();
        if (reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("a name of more than " + LONGEST_REASON + " characters");
        }
        if (specialDays.putIfAbsent(day, new TradingCalendar.SpecialDay(named(words[0]), reason)) != null) {
            throw new IllegalArgumentException("a second " + day);
        }
    }

    private void daysOfWeek(String text, Hours its) {
        Matcher days = DAYS.matcher(text);
        if (!days.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "', expected zone, until, hours, a day such as 2027-12-24, or days of the week such as mon-fri");
        }
        DayOfWeek day = day(days.group(1));
        DayOfWeek end = day(days.group(2) == null ? days.group(1) : days.group(2));
        set(day, its);
        while (day != end) {
            day = day.plus(1);
            set(day, its);
        }
    }

    private void set(DayOfWeek day, Hours its) {
        if (week.putIfAbsent(day, its) != null) {
            throw new IllegalArgumentException("a second " + word(day));
        }
    }

    private static DayOfWeek day(String word) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> word(day).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + word + "', expected mon, tue, wed, thu, fri, sat or sun"));
    }

    private static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }
}
