package tickerplant.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fields that an object must and may have, written as a line: {@code name:kind}, {@code name?:kind} where it may be
 * left out, {@code name?:kind|null} where it may lose its value. A kind with slashes lists the words allowed.
 */
final class Shape {
    private final List<Field> fields = new ArrayList<>();

    private record Field(String name, String kind, boolean needed, boolean nullable) {}

    private Shape(String line) {
        for (String word : List.of(line.strip().split("\\s+", -1))) {
            int colon = word.indexOf(':');
            String name = word.substring(0, colon);
            String kind = word.substring(colon + 1);
            boolean needed = !name.endsWith("?");
            boolean nullable = kind.endsWith("|null");
            fields.add(new Field(
                    needed ? name : name.substring(0, name.length() - 1),
                    nullable ? kind.substring(0, kind.length() - "|null".length()) : kind,
                    needed,
                    nullable));
        }
    }

    static Shape of(String line) {
        return new Shape(line);
    }

    /** What is wrong with the object's form; nothing where it is right. */
    List<String> faults(Map<String, Object> object) {
        List<String> faults = new ArrayList<>();
        for (Field field : fields) {
            if (!object.containsKey(field.name)) {
                if (field.needed) {
                    faults.add("no " + field.name);
                }
                continue;
            }
            Object value = object.get(field.name);
            boolean right = value == null ? field.nullable : is(field.kind, value);
            if (!right) {
                faults.add(field.name + " must be " + field.kind + ", not " + Json.write(value));
            }
        }
        return faults;
    }

    private static boolean is(String kind, Object value) {
        return switch (kind) {
            case "string" -> value instanceof String s && !s.isEmpty();
            case "text" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "number" -> value instanceof BigDecimal;
            case "amount" -> value instanceof BigDecimal n && n.signum() >= 0;
            case "price" -> value instanceof BigDecimal n && n.signum() != 0;
            case "whole" -> Json.isWhole(value) && Json.whole(value) >= 0;
            case "count" -> Json.isWhole(value) && Json.whole(value) >= 1;
            case "time" -> value instanceof BigDecimal n && n.signum() >= 0 && n.scale() <= 3;
            case "id" -> value instanceof String || (value instanceof BigDecimal n && n.scale() <= 0);
            case "object" -> value instanceof Map;
            case "objects" -> value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
            case "strings" -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
            case "any" -> true;
            default -> value instanceof String s && List.of(kind.split("/", -1)).contains(s);
        };
    }
}
