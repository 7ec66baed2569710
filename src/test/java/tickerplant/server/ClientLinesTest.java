package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.checker.TestClient;
import tickerplant.feed.ScriptedFeed;
import tickerplant.service.Setting;
import tickerplant.service.Tokens;

/** What stands in the log of clients, good ones and bad ones. */
@Timeout(60)
class ClientLinesTest {
    private static final String SUBSCRIBE =
            "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Handler recorder = new Handler() {
        private final LogFormat format = new LogFormat();

        @Override
        public void publish(LogRecord entry) {
            if (String.valueOf(entry.getLoggerName()).startsWith("tickerplant.")) {
                lines.add(format.format(entry));
            }
        }

        @Override
        public void flush() {
            // every line is there already
        }

        @Override
        public void close() {
            // nothing is held
        }
    };
    private TestService service;

    @BeforeEach
    void listen() {
        root.addHandler(recorder);
    }

    @AfterEach
    void stop() {
        service.close();
        root.removeHandler(recorder);
    }

    private void start(Map<Setting, String> settings) throws IOException, InterruptedException {
        service = TestService.with(
                settings,
                ScriptedFeed.live("test", listed("AAPL", 18_800), listed("MSFT", 40_000))
                        .tells(trade("AAPL", 18_932, 100, 1_767_225_600_120_482L))
                        .waits());
    }

    private String line(String wanted) {
        return line(wanted, line -> line.contains(wanted));
    }

    private String line(String wanted, Predicate<String> is) {
        await(() -> "a line with " + wanted + " among " + lines, () -> lines.stream()
                .anyMatch(is));
        return lines.stream().filter(is).findFirst().orElseThrow();
    }

    private static void assertMatches(String pattern, String line) {
        assertTrue(line.strip().matches(pattern), line);
    }

    @Test
    void aVisitIsWrittenFromItsBeginningToItsEnd() throws Exception {
        start(Map.of());
        String name;
        int rows;
        try (TestClient client = TestClient.dial(service.ticker()).connect()) {
            name = (String) client.hears("{\"type\":\"welcome\"}").members().get("session");
            client.request(SUBSCRIBE);
            client.await("the trade", message -> message.text().contains("\"last\":189.32"));
            rows = client.heard().stream()
                    .mapToInt(message -> message.rows().size())
                    .sum();
            line(" subscriptions session=" + name);
            client.close(1000, "done\r\nfor \u001b[1m today");
        }
        String who = "session=" + name + " address=127\\.0\\.0\\.1";
        assertMatches(".* INFO tickerplant\\.service\\.Sessions: open " + who + " sessions=1", line(" open "));
        line(" ticker=2");
        assertMatches(
                ".*: close " + who + " code=1000 seconds=[0-9]+\\.[0-9]{3} rows=" + rows + " merged=0 gaps=0",
                line(" close "));
        assertHonest();
    }

    @Test
    void whatIsWrongIsWrittenOnceASecondInAnExcerptOfItsWords() throws Exception {
        start(Map.of());
        String evil = "\\r\\n2026 SEVERE forged ${jndi:ldap://evil} \\u202e" + "x".repeat(500);
        try (TestClient client = TestClient.dial(service.ticker()).connect()) {
            client.hears("{\"type\":\"welcome\"}");
            for (int i = 0; i < 5; i++) {
                client.says("{\"type\":\"" + evil + "\",\"id\":" + i + "}");
                client.says("{\"type\":\"subscribe\",\"id\":\"" + evil + "\",\"channel\":\"" + evil + "\"}");
            }
            client.says("{");
            assertEquals(1008, client.awaitClosing().code());
        }
        String first = line(" violation ");
        assertTrue(first.contains(" reason=unknown_type told="), first);
        assertTrue(first.strip().length() < 300, first);
        assertEquals(
                1,
                lines.stream()
                        .filter(line -> line.contains(" violation session="))
                        .count(),
                lines.toString());
        line(": violation address=127.0.0.1, suppressed 10");
        line(" close ", line -> line.contains(" close ") && line.contains(" code=1008 "));
        assertHonest();
        assertTrue(lines.stream()
                .noneMatch(line -> line.contains("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")));
    }

    @Test
    void whoIsTurnedAwayIsWritten() throws Exception {
        start(Map.of());
        for (int i = 0; i < 3; i++) {
            try (RawClient client = new RawClient(service.port())) {
                client.upgrade("/ws/ticker", "Origin: http://evil.example").head();
            }
        }
        assertMatches(".*: refused address=127\\.0\\.0\\.1 reason=origin", line(" refused address=127.0.0.1 reason"));
        line(": refused address=127.0.0.1, suppressed 2");
        assertHonest();
    }

    @Test
    void whoShowsATokenIsWrittenAndTheTokenIsNot() throws Exception {
        start(Map.of(Setting.AUTH, "jwt", Setting.AUTH_KEY, Tokens.SECRET));
        String token = Tokens.of(Map.of("sub", "desk\r\n7", "exp", 4_000_000_000L));
        try (TestClient client = TestClient.dial(service.ticker()).connect()) {
            client.hears("{\"type\":\"welcome\",\"auth\":\"required\"}");
            client.request("{\"type\":\"auth\",\"id\":1,\"token\":\"" + token + "\"}");
            client.says("{\"type\":\"auth\",\"id\":2,\"token\":\"" + token + "x\"}");
            assertEquals(4500, client.awaitClosing().code());
        }
        assertMatches(
                ".*: auth session=s-[0-9a-f]+ address=127\\.0\\.0\\.1 expires_ms=4000000000000"
                        + " subject=desk\\\\u000d\\\\u000a7",
                line(": auth "));
        line(" was refused, no key of ours verifies it");
        line(" code=4500 ");
        String signature = token.substring(token.lastIndexOf('.') + 1);
        assertTrue(lines.stream().noneMatch(line -> line.contains(signature)), lines.toString());
        assertHonest();
    }

    @Test
    void aFloodOfFramesThatMakeNoSenseLeavesNoTrace() throws Exception {
        start(Map.of());
        byte[][] frames = {
            {(byte) 0x81, 0x05, 'h', 'e', 'l', 'l', 'o'},
            {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0},
            {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, (byte) 0xc3, 0x28},
            {(byte) 0xff, (byte) 0x80, 0, 0, 0, 0}
        };
        for (byte[] frame : frames) {
            try (RawClient client = new RawClient(service.port())) {
                client.upgrade("/ws/ticker").head();
                client.send(frame);
                client.rest();
            }
        }
        line(" close ");
        try (RawClient client = new RawClient(service.port())) {
            client.upgrade("/ws/ticker").head();
            client.send(new byte[] {(byte) 0x81, (byte) 0xff});
            client.reset();
        }
        assertHonest();
    }

    /** A line is one line, and what a client does wrong is no failure of ours. */
    private void assertHonest() {
        for (String line : lines) {
            String text =
                    line.substring(0, line.length() - System.lineSeparator().length());
            assertEquals(-1, text.indexOf('\n'), line);
            assertEquals(-1, text.indexOf('\r'), line);
            assertEquals(-1, text.indexOf('\u001b'), line);
            assertFalse(text.contains(" | ") || text.contains("Exception"), line);
            assertFalse(text.contains(" SEVERE tickerplant"), line);
        }
    }
}
