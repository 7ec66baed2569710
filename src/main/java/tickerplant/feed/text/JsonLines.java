package tickerplant.feed.text;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.Optional;
import java.util.StringJoiner;

/** Newline-delimited JSON: one object a line, with the columns as its fields. Fields with other names are passed over. */
final class JsonLines implements LineForm {
    // Looked up once: the Json class looks its provider up at every call, at a hundred times the cost of parsing a
    // line.
    private static final JsonProvider JSON = JsonProvider.provider();

    @Override
    public int headerLines() {
        return 0;
    }

    @Override
    public Row row(String line) throws BadLine {
        try (JsonParser parser = JSON.createParser(new StringReader(line))) {
            return row(parser);
        } catch (RuntimeException e) {
            // Parsson answers some garbage with exceptions that are no JsonException.
            throw new BadLine("malformed JSON, expected one object with its fields");
        }
    }

    private static Row row(JsonParser parser) throws BadLine {
        if (parser.next() != JsonParser.Event.START_OBJECT) {
            throw new BadLine("not an object, expected {...}");
        }
        Row row = new Row();
        while (parser.next() != JsonParser.Event.END_OBJECT) {
            Optional<Column> column = Column.named(parser.getString());
            JsonParser.Event value = parser.next();
            if (column.isPresent()) {
                if (!row.set(column.get(), text(column.get(), value, parser))) {
                    throw BadLine.about(column.get(), "twice, expected once");
                }
            } else {
                skip(value, parser);
            }
        }
        if (parser.hasNext()) {
            throw new BadLine("text behind the object, expected the end of the line");
        }
        return row;
    }

    private static String text(Column column, JsonParser.Event value, JsonParser parser) throws BadLine {
        return switch (value) {
            case VALUE_STRING, VALUE_NUMBER -> parser.getString();
            case VALUE_NULL -> "";
            case START_ARRAY -> list(column, parser);
            default -> throw BadLine.about(column, "is neither text nor number, expected one of them");
        };
    }

    private static String list(Column column, JsonParser parser) throws BadLine {
        StringJoiner list = new StringJoiner(RowReader.LIST_SEPARATOR);
        JsonParser.Event value = parser.next();
        while (value != JsonParser.Event.END_ARRAY) {
            if (column != Column.COND || value != JsonParser.Event.VALUE_STRING) {
                throw BadLine.about(column, "is a list, expected " + (column == Column.COND ? "texts in it" : "none"));
            }
            list.add(parser.getString());
            value = parser.next();
        }
        return list.toString();
    }

    /** Passes over a value. Parsson's own skipping never ends where the closing bracket is missing. */
    private static void skip(JsonParser.Event value, JsonParser parser) {
        int depth = nesting(value);
        while (depth > 0) {
            depth += nesting(parser.next());
        }
    }

    private static int nesting(JsonParser.Event event) {
        return switch (event) {
            case START_OBJECT, START_ARRAY -> 1;
            case END_OBJECT, END_ARRAY -> -1;
            default -> 0;
        };
    }
}
