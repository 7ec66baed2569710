package tickerplant.checker;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;

/**
 * JSON read without any forgiveness: one object and nothing else, no key twice, canonical numbers. Values are
 * {@code Map}, {@code List}, {@code BigDecimal} (without trailing zeros, so that equal values are equal objects),
 * {@code String}, {@code Boolean} and null.
 */
public final class Json {
    /** How deep arrays and objects may nest. */
    static final int DEPTH = 32;

    private static final JsonParserFactory PARSERS = JsonProvider.provider().createParserFactory(Map.of());
    private static final Pattern CANONICAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?");

    private final JsonParser parser;
    private final List<String> faults = new ArrayList<>();

    private Json(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * What a text says, and what is wrong with its form although it can be read.
     *
     * @param members the object's members in their order; of a key that comes twice, the first
     * @param faults keys that came twice, numbers that are not canonical
     */
    public record Document(Map<String, Object> members, List<String> faults) {}

    /**
     * Reads one object.
     *
     * @throws IllegalArgumentException if the text is anything but one well-formed object
     */
    public static Document read(String text) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            Json json = new Json(parser);
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw new IllegalArgumentException("not an object: " + text);
            }
            Map<String, Object> members = json.object("", 1);
            if (parser.hasNext()) {
                throw new IllegalArgumentException("more than one object: " + text);
            }
            return new Document(members, List.copyOf(json.faults));
        } catch (JsonException | NoSuchElementException | IllegalStateException | NumberFormatException e) {
            throw new IllegalArgumentException("not JSON: " + text, e);
        }
    }

    /**
     * The members of an object that must have no fault at all.
     *
     * @throws IllegalArgumentException if it has one
     */
    public static Map<String, Object> parse(String text) {
        Document document = read(text);
        if (!document.faults().isEmpty()) {
            throw new IllegalArgumentException(document.faults() + " in " + text);
        }
        return document.members();
    }

    /** The objects of an array; none where the value is anything else. */
    @SuppressWarnings("unchecked") // JSON's keys are strings.
    public static List<Map<String, Object>> objects(Object value) {
        List<Map<String, Object>> objects = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    objects.add((Map<String, Object>) map);
                }
            }
        }
        return objects;
    }

    /** The members of an object; none where the value is anything else. */
    @SuppressWarnings("unchecked") // JSON's keys are strings.
    static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** Whether the value is a whole number that a {@code long} can hold. */
    static boolean isWhole(Object value) {
        return value instanceof BigDecimal number && number.scale() <= 0 && number.precision() - number.scale() <= 18;
    }

    /** A whole number, as {@link #isWhole} has found it to be. */
    public static long whole(Object value) {
        return ((BigDecimal) value).longValueExact();
    }

    /** The canonical text of a value. */
    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    /**
     * Whether a value has all that is expected of it: an object at least the expected members, an array as many
     * elements, each of which has what is expected of it, anything else the equal value.
     */
    public static boolean has(Object value, Object expected) {
        if (expected instanceof Map<?, ?> map) {
            return value instanceof Map<?, ?> members
                    && map.entrySet().stream()
                            .allMatch(
                                    e -> members.containsKey(e.getKey()) && has(members.get(e.getKey()), e.getValue()));
        }
        if (expected instanceof List<?> list) {
            if (!(value instanceof List<?> elements) || elements.size() != list.size()) {
                return false;
            }
            for (int i = 0; i < list.size(); i++) {
                if (!has(elements.get(i), list.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return expected == null ? value == null : expected.equals(value);
    }

    private Object value(JsonParser.Event event, String path, int depth) {
        return switch (event) {
            case START_OBJECT -> object(path, depth + 1);
            case START_ARRAY -> array(path, depth + 1);
            case VALUE_STRING -> string(path);
            case VALUE_NUMBER -> number(path);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case KEY_NAME, END_OBJECT, END_ARRAY -> throw new IllegalArgumentException("a value expected at " + path);
        };
    }

    private Map<String, Object> object(String path, int depth) {
        bound(depth);
        Map<String, Object> members = new LinkedHashMap<>();
        for (JsonParser.Event event = parser.next(); event != JsonParser.Event.END_OBJECT; event = parser.next()) {
            String name = string(path);
            String place = path + "/" + name;
            Object value = value(parser.next(), place, depth);
            if (members.containsKey(name)) {
                faults.add(place + " comes twice");
            } else {
                members.put(name, value);
            }
        }
        return Collections.unmodifiableMap(members);
    }

    private List<Object> array(String path, int depth) {
        bound(depth);
        List<Object> elements = new ArrayList<>();
        for (JsonParser.Event event = parser.next(); event != JsonParser.Event.END_ARRAY; event = parser.next()) {
            elements.add(value(event, path + "/" + elements.size(), depth));
        }
        return Collections.unmodifiableList(elements);
    }

    private static void bound(int depth) {
        if (depth > DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + DEPTH);
        }
    }

    private String string(String path) {
        String string = parser.getString();
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < string.length()
                    && Character.isLowSurrogate(string.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                faults.add(path + " holds half a character");
                return string;
            }
        }
        return string;
    }

    private BigDecimal number(String path) {
        String digits = parser.getString();
        if (!CANONICAL.matcher(digits).matches() || digits.equals("-0")) {
            faults.add(path + " is not canonical: " + digits);
        }
        return new BigDecimal(digits).stripTrailingZeros();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.append(separator);
                quote((String) member.getKey(), out);
                out.append(':');
                write(member.getValue(), out);
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                out.append(separator);
                write(element, out);
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) {
            quote(string, out);
        } else if (value instanceof BigDecimal number) {
            out.append(number.stripTrailingZeros().toPlainString());
        } else {
            out.append(value);
        }
    }

    private static void quote(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
