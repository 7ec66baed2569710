package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import example.Datagrams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.checker.TestClient;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.FeedStatus;
import tickerplant.market.Clock;
import tickerplant.server.TestService;

/** The feed that stands in the document as an example of one's own. */
class OwnFeedTest {
    private static final Path SOURCE = Path.of("src", "test", "java", "example", "Datagrams.java");
    private static final Path DOCUMENT = Path.of("docs", "feeds.md");
    private static final int MOST_LINES = 59;

    private static Feed asked(String spec) {
        return FeedFactory.feeds(List.of(FeedSpec.parse(spec)), Clock.SYSTEM).get(0);
    }

    @Test
    void theDocumentShowsTheWholeOfIt() throws IOException {
        String source = Files.readString(SOURCE);
        assertTrue(source.lines().count() <= MOST_LINES, source.lines().count() + " lines");
        assertTrue(Files.readString(DOCUMENT).contains("```java\n" + source + "```\n"), "docs/feeds.md shows another");
    }

    @Test
    void itIsMadeOfWhatIsAskedFor() {
        assertEquals(new Datagrams("datagrams", 4_711, Clock.SYSTEM), asked("datagrams?port=4711"));
        SettingsException wrong = assertThrows(SettingsException.class, () -> asked("datagrams?port=0"));
        assertEquals("feed: port=0 of 'datagrams', expected a whole number between 1 and 65535", wrong.getMessage());
    }

    @Test
    void whoAsksForWhatNobodyMakesIsToldAllKinds() {
        SettingsException wrong = assertThrows(SettingsException.class, () -> asked("pigeons"));
        assertEquals(
                "feed: 'pigeons' is no kind of feed, expected simulated, replay:FILE, sample, lines, kraken, coinbase,"
                        + " binance, alpaca, finnhub, datagrams or none",
                wrong.getMessage());
    }

    @Test
    @Timeout(60)
    void whatItHearsIsToldAndWhatMakesNoSenseIsCounted() throws Exception {
        int port = freePort();
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try (TestService service = TestService.with(asked("datagrams?port=" + port));
                TestClient client = TestClient.dial(service.ticker()).connect();
                DatagramSocket socket = new DatagramSocket()) {
            client.request("""
                {"type":"subscribe","id":1,"channel":"trades","symbols":["*"]}""");
            // again and again, because nobody is told when the feed has begun to listen
            Future<?> sending =
                    sender.scheduleWithFixedDelay(() -> sendBoth(socket, port), 0, 50, TimeUnit.MILLISECONDS);
            client.await(
                    "the trade",
                    Duration.ofSeconds(30),
                    message -> message.type().equals("update")
                            && message.rows().stream()
                                    .anyMatch(row -> row.get("symbol").equals("ACME")
                                            && row.get("price").toString().equals("10.25")
                                            && row.get("size").toString().equals("101")));
            assertFalse(sending.isDone());
            FeedStatus status = service.tickerplant().feeds().statuses().get(0);
            assertEquals("datagrams", status.name());
            assertEquals(FeedStatus.State.LIVE, status.state());
            assertTrue(status.damaged() > 0);
            assertTrue(status.lastProblem().contains("expected SYMBOL PRICE SIZE"), status.lastProblem());
        } finally {
            sender.shutdownNow();
        }
    }

    private static void sendBoth(DatagramSocket socket, int port) {
        for (String text : List.of("nonsense", "acme 10.25 101\n")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            try {
                socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static int freePort() throws SocketException {
        try (DatagramSocket any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}
