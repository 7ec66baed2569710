package tickerplant.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import tickerplant.codec.JsonBodies;
import tickerplant.codec.Table;
import tickerplant.market.BarUpdate;
import tickerplant.market.Update;
import tickerplant.message.HistoryFound;
import tickerplant.message.HistoryPage;
import tickerplant.message.Reason;
import tickerplant.message.Row;

/**
 * In which form somebody wants to have the past. What JSON says beside the rows, headers say of a table.
 *
 * @param table how lines are written; empty of JSON
 */
record HistoryForm(Optional<Table.Form> table) {
    private static final String JSON = "json";
    private static final String JSON_TYPE = "application/json";
    /** A shorter answer is hardly shorter packed. */
    private static final int WORTH_PACKING = 1_024;

    /** The form that the parameter {@code format} names; else the first of the header {@code Accept} that there is. */
    static HistoryForm of(HttpServletRequest request) throws JsonServlet.BadRequest {
        String word = JsonServlet.text(request, "format");
        if (word.equals(JSON)) {
            return new HistoryForm(Optional.empty());
        }
        for (Table.Form form : Table.Form.values()) {
            if (form.name().toLowerCase(Locale.ROOT).equals(word)) {
                return new HistoryForm(Optional.of(form));
            }
        }
        if (!word.isEmpty()) {
            throw new JsonServlet.BadRequest(Reason.INVALID_FIELD, "format must be one of json, csv, ndjson", "format");
        }
        String accepted = request.getHeader("Accept");
        return new HistoryForm(accepted == null ? Optional.empty() : firstOf(accepted.toLowerCase(Locale.ROOT)));
    }

    private static Optional<Table.Form> firstOf(String accepted) {
        for (String each : accepted.split(",", -1)) {
            String type = each.split(";", 2)[0].strip();
            for (Table.Form form : Table.Form.values()) {
                if (form.type().equals(type)) {
                    return Optional.of(form);
                }
            }
            if (type.equals(JSON_TYPE) || type.equals("*/*") || type.equals("application/*")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Writes what was found, packed where it is worth it and the client can unpack it. */
    void write(HistoryFound found, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Vary", "Accept, Accept-Encoding");
        byte[] body;
        if (table.isPresent()) {
            response.setContentType(table.get().type() + ";charset=utf-8");
            headers(found, response);
            body = rows(found, table.get());
        } else {
            response.setContentType(JSON_TYPE);
            body = JsonBodies.history(found);
        }
        if (body.length >= WORTH_PACKING && unpacks(request)) {
            response.setHeader("Content-Encoding", "gzip");
            ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4);
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(body);
            }
            body = packed.toByteArray();
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void headers(HistoryFound found, HttpServletResponse response) {
        HistoryPage page = found.page();
        response.setHeader("Tickerplant-Epoch", found.epoch());
        page.following().ifPresent(row -> response.setHeader("Tickerplant-Next", next(row.update())));
        page.wholeAfter()
                .ifPresent(place -> response.setHeader(
                        "Tickerplant-Whole-After", page.channel().isBars() ? millis(place) : Long.toString(place)));
    }

    /** What to ask for to get this row first: {@code from} of bars, {@code after_seq} of trades. */
    private static String next(Update update) {
        return update instanceof BarUpdate bar ? millis(bar.bar().start()) : Long.toString(update.seq() - 1);
    }

    private static String millis(long micros) {
        return BigDecimal.valueOf(micros, 3).stripTrailingZeros().toPlainString();
    }

    private static byte[] rows(HistoryFound found, Table.Form form) {
        Table table = new Table(found.page().channel(), form);
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        rows.writeBytes(table.head());
        for (Row row : found.page().rows()) {
            rows.writeBytes(table.line(row.update(), found.epoch(), ""));
        }
        return rows.toByteArray();
    }

    private static boolean unpacks(HttpServletRequest request) {
        String encodings = request.getHeader("Accept-Encoding");
        if (encodings == null) {
            return false;
        }
        for (String each : encodings.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = each.split(";", -1);
            boolean isRefused = parts.length > 1 && parts[1].strip().matches("q=0(\\.0*)?");
            if (parts[0].strip().equals("gzip") && !isRefused) {
                return true;
            }
        }
        return false;
    }
}
