package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    private static LogRecord entry(String message, Object... parameters) {
        LogRecord entry = new LogRecord(Level.WARNING, message);
        entry.setLoggerName("tickerplant.Test");
        entry.setInstant(Instant.parse("2026-01-02T03:04:05.006789Z"));
        entry.setParameters(parameters);
        return entry;
    }

    @Test
    void aRecordIsALineWithTheTimeInUtc() {
        assertEquals(
                "2026-01-02T03:04:05.006Z WARNING tickerplant.Test: 3 lost" + System.lineSeparator(),
                new LogFormat().format(entry("{0} lost", 3)));
    }

    @Test
    void whatAClientSentCannotBreakTheLine() {
        String line = new LogFormat().format(entry("refused {0}", "a\r\nb\t\u0000\u001b[2J\u0085\u2028c"));
        assertEquals(
                "2026-01-02T03:04:05.006Z WARNING tickerplant.Test: refused a\\r\\nb\\t\\u0000\\u001b[2J\\u0085\\u2028c"
                        + System.lineSeparator(),
                line);
    }

    @Test
    void aStackTraceStaysOnTheLine() {
        LogRecord entry = entry("a bug");
        entry.setThrown(new IllegalStateException("first\nsecond", new RuntimeException("cause")));
        String line = new LogFormat().format(entry);
        assertEquals(1, line.lines().count());
        assertTrue(
                line.contains(
                        "a bug | java.lang.IllegalStateException: first\\nsecond at tickerplant.server.LogFormatTest."),
                line);
        assertTrue(line.contains("Caused by: java.lang.RuntimeException: cause ... "), line);
    }
}
