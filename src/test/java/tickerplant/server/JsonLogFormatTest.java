package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Json;

class JsonLogFormatTest {
    private static LogRecord entry(String message) {
        LogRecord entry = new LogRecord(Level.INFO, message);
        entry.setLoggerName("tickerplant.Test");
        entry.setInstant(Instant.parse("2026-01-02T03:04:05.006789Z"));
        return entry;
    }

    @Test
    void aRecordIsAnObjectOnALineOfItsOwn() {
        String text = "\"a\" \\ b\r\n\t\u0000\u001b[2J\u2028 \u00e9 \ud83d\ude00";
        String line = new JsonLogFormat().format(entry(text));
        assertEquals(1, line.lines().count());
        assertTrue(line.endsWith("}" + System.lineSeparator()), line);
        assertTrue(line.strip().chars().allMatch(c -> c >= ' ' && c <= '~'), line);
        assertEquals(
                Map.of(
                        "ts", "2026-01-02T03:04:05.006Z",
                        "level", "INFO",
                        "logger", "tickerplant.Test",
                        "message", text),
                Json.parse(line));
    }

    @Test
    void aStackTraceIsAFieldOfIt() {
        LogRecord entry = entry("a bug");
        entry.setThrown(new IllegalStateException("first\nsecond"));
        String line = new JsonLogFormat().format(entry);
        assertEquals(1, line.lines().count());
        String trace = (String) Json.parse(line).get("trace");
        assertTrue(trace.startsWith("java.lang.IllegalStateException: first\nsecond at tickerplant.server."), trace);
    }
}
