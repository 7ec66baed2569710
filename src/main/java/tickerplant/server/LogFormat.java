package tickerplant.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line a record, with the time in UTC. What could break the line or play with a terminal is escaped, since part of it
 * comes from clients.
 */
final class LogFormat extends Formatter {
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder();
        TIME.formatTo(entry.getInstant(), line);
        line.append(' ').append(entry.getLevel().getName()).append(' ');
        escape(String.valueOf(entry.getLoggerName()), line);
        line.append(": ");
        escape(String.valueOf(formatMessage(entry)), line);
        if (entry.getThrown() != null) {
            line.append(" | ");
            escape(trace(entry.getThrown()), line);
        }
        return line.append(System.lineSeparator()).toString();
    }

    static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().strip().replaceAll("\\R\\t(?=at |\\.\\.\\. )", " ");
    }

    private static void escape(String text, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line.append("\\n");
            } else if (c == '\r') {
                line.append("\\r");
            } else if (c == '\t') {
                line.append("\\t");
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
    }
}
