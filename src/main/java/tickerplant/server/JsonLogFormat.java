package tickerplant.server;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One JSON object a record, on a line of its own: {@code ts} in UTC, {@code level}, {@code logger}, {@code message}, and where
 * something was thrown {@code trace}. Printable ASCII alone, so that no reader has to guess.
 */
final class JsonLogFormat extends Formatter {
    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder("{\"ts\":\"");
        LogFormat.TIME.formatTo(entry.getInstant(), line);
        field("\",\"level", entry.getLevel().getName(), line);
        field("\",\"logger", String.valueOf(entry.getLoggerName()), line);
        field("\",\"message", String.valueOf(formatMessage(entry)), line);
        if (entry.getThrown() != null) {
            field("\",\"trace", LogFormat.trace(entry.getThrown()), line);
        }
        return line.append("\"}").append(System.lineSeparator()).toString();
    }

    /** Ends the value before it, and leaves its own to be ended. */
    private static void field(String name, String value, StringBuilder line) {
        line.append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                line.append(c);
            } else {
                line.append(String.format("\\u%04x", (int) c));
            }
        }
    }
}
