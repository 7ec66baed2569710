package tickerplant.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer of {@code /metrics}, read as strictly as Prometheus' text format allows to. Immutable.
 *
 * @param types of the meters, by name
 * @param help of the meters, by name
 * @param samples by name and labels, as they stand in the text
 */
public record Scrape(Map<String, String> types, Map<String, String> help, Map<String, Double> samples) {
    private static final String NAME = "[a-z][a-z0-9_]*";
    private static final String LABEL = "[a-z_]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE =
            Pattern.compile("(" + NAME + ")(\\{" + LABEL + "(?:," + LABEL + ")*})? (\\+Inf|[0-9.E+-]+)");
    private static final Pattern HEAD = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.+)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram");

    /** Reads an answer; complains about whatever is not as it should be. */
    public static Scrape read(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line must end");
        }
        Map<String, String> types = new LinkedHashMap<>();
        Map<String, String> help = new LinkedHashMap<>();
        Map<String, Double> samples = new LinkedHashMap<>();
        Set<String> over = new HashSet<>();
        String current = "";
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            Matcher head = HEAD.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (head.matches()) {
                Map<String, String> told = head.group(1).equals("HELP") ? help : types;
                if (told.put(head.group(2), head.group(3)) != null || over.contains(head.group(2))) {
                    throw new AssertionError("twice: " + line);
                }
                if (!head.group(2).equals(current)) {
                    over.add(current);
                    current = head.group(2);
                }
            } else if (sample.matches()) {
                if (!belongs(sample.group(1), current, types.getOrDefault(current, ""))) {
                    throw new AssertionError("not of " + current + ": " + line);
                }
                String key = sample.group(1) + (sample.group(2) == null ? "" : sample.group(2));
                double value =
                        sample.group(3).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(sample.group(3));
                if (samples.put(key, value) != null) {
                    throw new AssertionError("twice: " + line);
                }
            } else {
                throw new AssertionError("no line of the format: " + line);
            }
        }
        Scrape scrape = new Scrape(types, help, samples);
        scrape.check();
        return scrape;
    }

    private static boolean belongs(String sample, String meter, String type) {
        return type.equals("histogram")
                ? Set.of(meter + "_bucket", meter + "_sum", meter + "_count").contains(sample)
                : sample.equals(meter);
    }

    private void check() {
        types.forEach((name, type) -> {
            if (!TYPES.contains(type)
                    || !help.containsKey(name)
                    || !name.startsWith("tickerplant_")
                    || type.equals("counter") != name.endsWith("_total")) {
                throw new AssertionError(name + " of type " + type + ": " + help.get(name));
            }
            if (type.equals("histogram")) {
                checkHistogram(name);
            }
        });
        if (!types.keySet().equals(help.keySet())) {
            throw new AssertionError("types " + types.keySet() + ", help " + help.keySet());
        }
    }

    private void checkHistogram(String name) {
        List<Double> buckets = new ArrayList<>();
        samples.forEach((key, value) -> {
            if (key.startsWith(name + "_bucket{")) {
                buckets.add(value);
            }
        });
        if (!buckets.equals(buckets.stream().sorted().toList())
                || !samples.get(name + "_bucket{le=\"+Inf\"}").equals(samples.get(name + "_count"))) {
            throw new AssertionError(name + " has the buckets " + buckets);
        }
    }

    /** The names of all meters. */
    public Set<String> names() {
        return new LinkedHashSet<>(types.keySet());
    }

    /** The number of a meter with these labels, in this order; it has to be there. */
    public double value(String key) {
        Double value = samples.get(key);
        if (value == null) {
            throw new AssertionError("no " + key + " among " + samples.keySet());
        }
        return value;
    }

    /** A count of a meter with these labels. */
    public long count(String key) {
        return (long) value(key);
    }

    /** The counts of a meter that are not 0, by the value of their only label. */
    public Map<String, Long> counts(String name) {
        Map<String, Long> counts = new LinkedHashMap<>();
        samples.forEach((key, value) -> {
            if (key.startsWith(name + "{") && value != 0) {
                counts.put(key.substring(key.indexOf('"') + 1, key.lastIndexOf('"')), value.longValue());
            }
        });
        return counts;
    }
}
