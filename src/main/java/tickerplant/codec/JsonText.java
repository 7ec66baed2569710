package tickerplant.codec;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON from people who may mean harm: no more than {@value #MAX_DEPTH} levels deep, no name twice in an object, nothing
 * after the document, and numbers kept as they were written, so that none is ever expanded.
 *
 * <p>Objects become maps, arrays lists, strings {@link String}, numbers {@link Literal}, and the rest {@link Boolean} or
 * {@link #NULL}.
 */
final class JsonText {
    static final int MAX_DEPTH = 32;
    /** The value {@code null}. */
    static final Object NULL = new Object();

    // Looking the provider up costs more than reading a message.
    private static final JsonProvider PROVIDER = JsonProvider.provider();

    /** A number, digit for digit. */
    record Literal(String digits) {
        boolean isInteger() {
            return digits.indexOf('.') < 0 && digits.indexOf('e') < 0 && digits.indexOf('E') < 0;
        }
    }

    /** The text is not JSON, or not of the kind that is read here. */
    static final class Malformed extends Exception {
        Malformed(String message) {
            super(message);
        }
    }

    private JsonText() {}

    static Object parse(String text) throws Malformed {
        try (JsonParser parser = PROVIDER.createParser(new StringReader(text))) {
            Object value = value(parser, parser.next(), 1);
            if (parser.hasNext()) {
                throw new Malformed("one JSON document was expected, and nothing after it");
            }
            return value;
        } catch (RuntimeException e) {
            // Not only JsonException: the parser is known to throw others at senseless input.
            throw new Malformed("the message is not valid JSON");
        }
    }

    private static Object value(JsonParser parser, JsonParser.Event event, int depth) throws Malformed {
        return switch (event) {
            case START_OBJECT -> object(parser, depth);
            case START_ARRAY -> array(parser, depth);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER -> new Literal(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NULL;
            case KEY_NAME, END_OBJECT, END_ARRAY -> throw new Malformed("the message is not valid JSON");
        };
    }

    private static Map<String, Object> object(JsonParser parser, int depth) throws Malformed {
        checkDepth(depth);
        Map<String, Object> fields = new LinkedHashMap<>();
        for (JsonParser.Event event = parser.next(); event != JsonParser.Event.END_OBJECT; event = parser.next()) {
            String name = parser.getString();
            if (fields.put(name, value(parser, parser.next(), depth + 1)) != null) {
                throw new Malformed("a field stands twice in one object");
            }
        }
        return fields;
    }

    private static List<Object> array(JsonParser parser, int depth) throws Malformed {
        checkDepth(depth);
        List<Object> items = new ArrayList<>();
        for (JsonParser.Event event = parser.next(); event != JsonParser.Event.END_ARRAY; event = parser.next()) {
            items.add(value(parser, event, depth + 1));
        }
        return items;
    }

    private static void checkDepth(int depth) throws Malformed {
        if (depth > MAX_DEPTH) {
            throw new Malformed("the message is nested more than " + MAX_DEPTH + " levels deep");
        }
    }
}
