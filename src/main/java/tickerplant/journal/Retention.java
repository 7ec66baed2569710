package tickerplant.journal;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long what is stored is kept. Immutable.
 *
 * @param ages by kind, how old a thing may become; those that are not here may become as old as they like
 * @param sizes by kind, how many bytes all of it may take in the file
 */
public record Retention(Map<Kind, Duration> ages, Map<Kind, Long> sizes) {
    /** Everything is kept. */
    public static final Retention ALL = new Retention(Map.of(), Map.of());

    private static final Pattern RULE = Pattern.compile("([a-z0-9-]+):([1-9][0-9]{0,5})(h|d|MiB|GiB)");

    public Retention {
        ages = Map.copyOf(ages);
        sizes = Map.copyOf(sizes);
    }

    /**
     * What rules such as {@code trades:30d} and {@code bars-1m:2GiB} say; of two about the same the last counts.
     *
     * @return empty where one of them is none
     */
    public static Optional<Retention> of(List<String> rules) {
        Map<Kind, Duration> ages = new EnumMap<>(Kind.class);
        Map<Kind, Long> sizes = new EnumMap<>(Kind.class);
        for (String rule : rules) {
            Matcher parts = RULE.matcher(rule);
            Optional<Kind> kind = parts.matches() ? Kind.of(parts.group(1)) : Optional.empty();
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            long number = Long.parseLong(parts.group(2));
            switch (parts.group(3)) {
                case "h" -> ages.put(kind.get(), Duration.ofHours(number));
                case "d" -> ages.put(kind.get(), Duration.ofDays(number));
                case "MiB" -> sizes.put(kind.get(), number << 20);
                default -> sizes.put(kind.get(), number << 30);
            }
        }
        return Optional.of(new Retention(ages, sizes));
    }

    boolean isAll() {
        return ages.isEmpty() && sizes.isEmpty();
    }
}
