package tickerplant.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import tickerplant.feed.text.BadLine;
import tickerplant.feed.text.Column;
import tickerplant.feed.text.Row;
import tickerplant.feed.text.RowReader;
import tickerplant.feed.text.Submitted;

/** Events as JSON. In a message each is read by itself: one that makes no sense keeps no other out. */
public final class Events {
    private static final int EVENT_BYTES = 256;

    private Events() {}

    /** The fields of a row as a JSON object, each as text, which is read like a number where there should be one. */
    public static String text(Row row) {
        JsonBytes json = new JsonBytes(EVENT_BYTES).open('{');
        row.fields().forEach((column, value) -> json.field(column.toString(), value));
        return new String(json.close('}').toArray(), StandardCharsets.UTF_8);
    }

    static List<Submitted> read(List<?> items) {
        List<Submitted> events = new ArrayList<>(items.size());
        for (Object item : items) {
            try {
                if (!(item instanceof Map<?, ?> fields)) {
                    throw BadLine.whole("not an object, expected {...}");
                }
                events.add(Submitted.of(row(fields)));
            } catch (BadLine e) {
                events.add(Submitted.unreadable(e));
            }
        }
        return events;
    }

    private static Row row(Map<?, ?> fields) throws BadLine {
        Row row = new Row();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            Optional<Column> column = Column.named((String) field.getKey());
            if (column.isPresent() && !row.set(column.get(), text(column.get(), field.getValue()))) {
                throw BadLine.about(column.get(), "twice, expected once");
            }
        }
        return row;
    }

    private static String text(Column column, Object value) throws BadLine {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof JsonText.Literal number) {
            return number.digits();
        }
        if (value == JsonText.NULL) {
            return "";
        }
        if (column == Column.COND && value instanceof List<?> conditions) {
            StringJoiner joined = new StringJoiner(RowReader.LIST_SEPARATOR);
            for (Object condition : conditions) {
                if (!(condition instanceof String text)) {
                    throw BadLine.about(column, "is a list, expected texts in it");
                }
                joined.add(text);
            }
            return joined.toString();
        }
        throw BadLine.about(column, "is neither text nor number, expected one of them");
    }
}
