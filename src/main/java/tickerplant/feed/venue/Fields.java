package tickerplant.feed.venue;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tickerplant.feed.Excerpt;

/** The fields of an object in a venue's message. A field that is missing, or not as it should be, is told by its name. */
final class Fields {
    // Looked up once: the Json class looks its provider up at every call, at a hundred times the cost.
    static final JsonProvider JSON = JsonProvider.provider();

    private static final int LONGEST_NUMBER = 64;

    private final JsonObject object;

    private Fields(JsonObject object) {
        this.object = object;
    }

    /** Reads a text as JSON. */
    static JsonValue parse(String text) throws BadMessage {
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            return reader.readValue();
        } catch (RuntimeException e) {
            // Parsson answers some garbage with exceptions that are no JsonException.
            throw new BadMessage("not JSON: " + Excerpt.of(text) + (e instanceof JsonException ? "" : " " + e));
        }
    }

    /** The fields of a value that must be an object. */
    static Fields of(JsonValue value) throws BadMessage {
        if (value instanceof JsonObject object) {
            return new Fields(object);
        }
        throw new BadMessage(Excerpt.of(value.toString()) + ", expected an object");
    }

    /** The objects of a value that must be a list of them. */
    static List<Fields> list(JsonValue value) throws BadMessage {
        if (!(value instanceof JsonArray array)) {
            throw new BadMessage(Excerpt.of(value.toString()) + ", expected a list");
        }
        List<Fields> list = new ArrayList<>(array.size());
        for (JsonValue each : array) {
            list.add(of(each));
        }
        return list;
    }

    boolean has(String key) {
        JsonValue value = object.get(key);
        return value != null && value.getValueType() != JsonValue.ValueType.NULL;
    }

    /** A text, or empty where there is none. */
    String textOr(String key, String fallback) {
        return object.get(key) instanceof JsonString text ? text.getString() : fallback;
    }

    String text(String key) throws BadMessage {
        if (object.get(key) instanceof JsonString text) {
            return text.getString();
        }
        throw expected(key, "a text");
    }

    boolean flag(String key) {
        return JsonValue.TRUE.equals(object.get(key));
    }

    /** A decimal, digit for digit, written as a number or as a text. */
    BigDecimal decimal(String key) throws BadMessage {
        JsonValue value = object.get(key);
        try {
            if (value instanceof JsonNumber number) {
                return number.bigDecimalValue();
            }
            if (value instanceof JsonString text && text.getString().length() <= LONGEST_NUMBER) {
                return new BigDecimal(text.getString());
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // said below
        }
        throw expected(key, "a decimal");
    }

    /** A whole number that is not negative. */
    long whole(String key) throws BadMessage {
        BigDecimal value = decimal(key);
        try {
            long whole = value.longValueExact();
            if (whole >= 0) {
                return whole;
            }
        } catch (ArithmeticException e) {
            // said below
        }
        throw expected(key, "a whole number");
    }

    /** A time in the form of RFC 3339, in microseconds since the epoch. */
    long time(String key) throws BadMessage {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text(key)));
        } catch (DateTimeException | ArithmeticException e) {
            throw expected(key, "a time such as 2026-01-02T14:30:00.5Z");
        }
    }

    /** How many decimals a smallest step has, such as 2 of 0.01. */
    int stepDecimals(String key) throws BadMessage {
        BigDecimal step = decimal(key).stripTrailingZeros();
        if (step.signum() <= 0) {
            throw expected(key, "a positive step");
        }
        return Math.max(0, step.scale());
    }

    Fields object(String key) throws BadMessage {
        return of(value(key));
    }

    List<Fields> list(String key) throws BadMessage {
        return list(value(key));
    }

    /** The texts of a list; none where there is no list. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        if (object.get(key) instanceof JsonArray array) {
            for (JsonValue each : array) {
                if (each instanceof JsonString text) {
                    texts.add(text.getString());
                }
            }
        }
        return texts;
    }

    private JsonValue value(String key) throws BadMessage {
        JsonValue value = object.get(key);
        if (value == null) {
            throw expected(key, "a value");
        }
        return value;
    }

    private BadMessage expected(String key, String what) {
        JsonValue value = object.get(key);
        return new BadMessage(
                key + " is " + (value == null ? "absent" : Excerpt.of(value.toString())) + ", expected " + what);
    }
}
