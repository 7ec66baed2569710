package tickerplant.feed.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickerplant.feed.FeedRunner;
import tickerplant.feed.FeedSpec;
import tickerplant.market.FixedClock;
import tickerplant.market.LogEntry;
import tickerplant.market.Trade;

@Timeout(30)
class LinesFeedTest {
    private final FixedClock clock = FixedClock.waiting(1_767_225_600_000_000L);
    private final LinkedBlockingQueue<LogEntry> log = new LinkedBlockingQueue<>();
    private final LinesFeed feed = new LinesFeed("lines", 0, clock);
    private final FeedRunner runner = new FeedRunner(feed, log::put, clock, new SplittableRandom(1));
    private final List<Socket> sockets = new ArrayList<>();
    private int port;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        runner.instruments();
        runner.start();
        port = feed.awaitPort();
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        assertTrue(runner.stop(Duration.ofSeconds(5)));
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        return socket;
    }

    private static void says(Socket socket, String lines) throws IOException {
        socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private Trade trade() throws InterruptedException {
        while (true) {
            LogEntry entry = log.poll(10, TimeUnit.SECONDS);
            if (entry instanceof Trade trade) {
                return trade;
            }
            assertTrue(entry != null, "no trade came");
        }
    }

    private static String event(String symbol, String price) {
        return "{\"kind\":\"trade\",\"symbol\":\"" + symbol + "\",\"price\":" + price + ",\"size\":1}\n";
    }

    @Test
    void aLineIsAnEventWithTheTimeOfItsArrivalWhereItHasNone() throws Exception {
        says(connect(), event("DESK", "10.5") + "\n" + event("DESK", "10.6"));
        Trade first = trade();
        assertEquals(10_500_000, first.price());
        assertEquals(clock.micros(), first.ts());
        assertEquals(10_600_000, trade().price());
    }

    @Test
    void aBadLineIsAnsweredAndCountedAndTheNextOneCounts() throws Exception {
        Socket socket = connect();
        says(socket, event("DESK", "-1") + "nonsense\n" + event("DESK", "1"));
        BufferedReader answers = reader(socket);
        assertEquals(
                "{\"type\":\"error\",\"line\":1,\"reason\":\"invalid_field\",\"field\":\"price\","
                        + "\"message\":\"price '-1', expected a positive number of at most 12 decimals\"}",
                answers.readLine());
        assertTrue(answers.readLine().contains("\"line\":2,\"reason\":\"invalid_field\",\"message\":\"malformed JSON"));
        assertEquals(1_000_000, trade().price());
        assertEquals(2, runner.status().damaged());
        socket.shutdownOutput();
        assertNull(answers.readLine());
    }

    @Test
    void aLineThatNeverEndsIsRefusedAndTakesNoMemory() throws Exception {
        Socket socket = connect();
        says(socket, "{\"symbol\":\"" + "X".repeat(200_000) + "\"}\n" + event("DESK", "2"));
        assertTrue(reader(socket).readLine().contains("too long, expected at most 65536 bytes"));
        assertEquals(2_000_000, trade().price());
    }

    @Test
    void whoReadsNoAnswersHoldsUpNobodyElse() throws Exception {
        Socket deaf = connect();
        Thread flood = new Thread(() -> {
            try {
                for (int i = 0; i < 100_000; i++) {
                    says(deaf, "nonsense\n");
                }
            } catch (IOException e) {
                // the test is over
            }
        });
        flood.setDaemon(true);
        flood.start();
        for (int i = 1; i <= 100; i++) {
            says(connect(), event("OTHER", Integer.toString(i)));
            assertEquals(i * 1_000_000L, trade().price());
            sockets.remove(sockets.size() - 1).close();
        }
    }

    @Test
    void oneConnectionTooManyIsToldSo() throws Exception {
        for (int i = 0; i < LinesFeed.MOST_CONNECTIONS; i++) {
            says(connect(), event("DESK", "1"));
            trade();
        }
        Socket one = connect();
        BufferedReader answers = reader(one);
        assertTrue(answers.readLine().contains("too many connections"));
        assertNull(answers.readLine());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lines | expected lines?port=4010",
                "lines:x?port=1 | expected lines?port=4010",
                "lines?port=0 | expected a whole number between 1 and 65535",
                "lines?port=4010&host=0.0.0.0 | 'host' is no option of 'lines', expected name, port",
                "lines?port=4010&name= | expected some text",
            })
    void whatIsAskedForWronglyIsRefused(String spec, String expected) {
        Exception refused =
                assertThrows(IllegalArgumentException.class, () -> LinesFeed.of(FeedSpec.parse(spec), clock));
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    }
}
