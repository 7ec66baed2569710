package tickerplant.feed.text;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Comma-separated values behind a header that names the columns, in any order; columns with other names are passed over.
 * A cell may stand in double quotes, a doubled quote inside means one. A row is one line: libraries that let a quoted
 * cell run over lines can be made to hold a whole file in memory by one stray quote.
 */
final class CsvLines implements LineForm {
    private final List<Optional<Column>> columns;
    private final int headerLines;

    private CsvLines(List<Optional<Column>> columns, int headerLines) {
        this.columns = columns;
        this.headerLines = headerLines;
    }

    /**
     * The form that a header describes.
     *
     * @param headerLines the lines up to the header, with it
     */
    static CsvLines withHeader(String header, int headerLines) throws BadLine {
        List<Optional<Column>> columns =
                cells(header).stream().map(name -> Column.named(name.strip())).collect(Collectors.toList());
        Set<Column> named = EnumSet.noneOf(Column.class);
        for (Optional<Column> column : columns) {
            if (column.isPresent() && !named.add(column.get())) {
                throw new BadLine("two columns '" + column.get() + "' in the header, expected one");
            }
        }
        if (!named.contains(Column.TS) || !named.contains(Column.SYMBOL)) {
            throw new BadLine("the first line " + BadLine.quoted(header)
                    + " is no header, expected comma-separated names with ts and symbol among them");
        }
        return new CsvLines(columns, headerLines);
    }

    @Override
    public int headerLines() {
        return headerLines;
    }

    @Override
    public Row row(String line) throws BadLine {
        List<String> cells = cells(line);
        if (cells.size() != columns.size()) {
            throw new BadLine(cells.size() + " cells, expected " + columns.size() + " as in the header");
        }
        Row row = new Row();
        for (int i = 0; i < cells.size(); i++) {
            if (columns.get(i).isPresent()) {
                row.set(columns.get(i).get(), cells.get(i).strip());
            }
        }
        return row;
    }

    private static List<String> cells(String line) throws BadLine {
        List<String> cells = new ArrayList<>();
        int at = 0;
        do {
            if (at < line.length() && line.charAt(at) == '"') {
                StringBuilder cell = new StringBuilder();
                at = quoted(line, at + 1, cell);
                cells.add(cell.toString());
            } else {
                int comma = line.indexOf(',', at);
                int end = comma < 0 ? line.length() : comma;
                cells.add(line.substring(at, end));
                at = end;
            }
            at++;
        } while (at <= line.length());
        return cells;
    }

    /** Reads a quoted cell; where the comma or the end behind it stands. */
    private static int quoted(String line, int from, StringBuilder cell) throws BadLine {
        int at = from;
        while (true) {
            int quote = line.indexOf('"', at);
            if (quote < 0) {
                throw new BadLine("a quote that is not closed, expected \" before the end of the line");
            }
            cell.append(line, at, quote);
            int next = quote + 1;
            if (next == line.length() || line.charAt(next) == ',') {
                return next;
            }
            if (line.charAt(next) != '"') {
                throw new BadLine("text behind a closing quote, expected a comma");
            }
            cell.append('"');
            at = next + 1;
        }
    }
}
