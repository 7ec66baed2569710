package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Key;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.Channel;
import tickerplant.market.Symbol;
import tickerplant.server.TestService;

/** How much a client gets, by its own wish and by how fast it reads, while a market moves fast. */
class RatesConversationTest {
    private static final int SYMBOLS = 10;
    private static final int EVENTS_PER_SECOND = 4_000;

    private final Observatory observatory = new Observatory();
    private final MovingMarket market = new MovingMarket(observatory, SYMBOLS, EVENTS_PER_SECOND, 11);
    private TestService service;
    private TestClient observer;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        service = TestService.with(market.feed());
        observer = TestClient.dial(service.ticker())
                .subprotocol("tickerplant.v1")
                .checkedBy(observatory.observer("observer"))
                .connect();
        observer.request("""
            {"type":"subscribe","id":1,"channel":"ticker","symbols":["*"]}""");
    }

    @AfterEach
    void stop() {
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        observer.close();
        service.close();
    }

    private TestClient client(String name) throws IOException {
        return TestClient.dial(service.ticker())
                .subprotocol("tickerplant.v1")
                .checkedBy(observatory.checker(name))
                .connect();
    }

    private void awaitConvergence(TestClient client) {
        for (String symbol : market.symbols()) {
            long last = seq(Channel.TICKER, symbol);
            client.awaitState(Key.of("ticker", symbol), "the last state", state -> state.seq() == last);
        }
    }

    private long seq(Channel channel, String symbol) {
        return service.tickerplant()
                .hub()
                .topic(channel, new Symbol(symbol))
                .orElseThrow()
                .standing()
                .update()
                .seq();
    }

    /** When rows of each symbol came in updates of a channel; several of one message come once. */
    private static Map<String, List<Long>> times(TestClient client, String channel) {
        Map<String, List<Long>> times = new HashMap<>();
        for (Message message : client.heard()) {
            if (message.type().equals("update")
                    && message.members().get("channel").equals(channel)) {
                message.rows().stream()
                        .map(row -> (String) row.get("symbol"))
                        .distinct()
                        .forEach(symbol -> times.computeIfAbsent(symbol, s -> new ArrayList<>())
                                .add(message.nanos()));
            }
        }
        return times;
    }

    private static List<Message> flows(TestClient client) {
        return client.heard().stream()
                .filter(message -> message.type().equals("flow"))
                .toList();
    }

    /**
     * In {@code seconds} there are no more rows than the rate allows, and not far fewer either. A busy machine takes longer for
     * them, the first included, so what is allowed goes by the time from when the market began to move to the last of them.
     */
    private static void assertRate(int perSecond, int seconds, long began, List<Long> times) {
        double span = (times.get(times.size() - 1) - began) / 1e9;
        double allowed = perSecond * Math.max(seconds, span) + 2;
        assertTrue(times.size() <= allowed, times.size() + " rows in " + span + " s");
        assertTrue(times.size() >= perSecond * seconds / 2, times.size() + " rows in " + span + " s");
    }

    @Test
    void fiveRowsASecondAreFiveHoweverFastTheMarketIs() throws Exception {
        try (TestClient client = client("limited")) {
            client.request(
                    """
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["*"],"max_rate":5}""");
            long began = System.nanoTime();
            market.moves(Duration.ofSeconds(3));
            awaitConvergence(client);
            Map<String, List<Long>> times = times(client, "ticker");
            assertEquals(SYMBOLS, times.size());
            times.values().forEach(of -> assertRate(5, 3, began, of));
        }
    }

    @Test
    void tradesComeInBatchesAndNoneIsMissing() throws Exception {
        try (TestClient client = client("batches")) {
            client.request(
                    """
                {"type":"subscribe","id":1,"channel":"trades","symbols":["S1","S2"],"max_rate":4}""");
            long began = System.nanoTime();
            market.moves(Duration.ofSeconds(2));
            for (String symbol : List.of("S1", "S2")) {
                long last = seq(Channel.TRADES, symbol);
                client.awaitState(Key.of("trades", symbol), "the last trade", state -> state.seq() == last);
            }
            times(client, "trades").values().forEach(of -> assertRate(4, 2, began, of));
            assertTrue(
                    client.heard().stream().noneMatch(message -> message.type().equals("gap")));
        }
    }

    @Test
    void aPauseIsKeptAndEndsWithOneCatchUp() throws Exception {
        try (TestClient client = client("pausing")) {
            client.request("""
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["*"]}""");
            market.moves(Duration.ofMillis(500));
            client.request("""
                {"type":"configure","id":2,"paused":true}""");
            int from = client.heard().size();
            market.moves(Duration.ofSeconds(2));
            assertTrue(client.heard().subList(from, client.heard().size()).stream()
                    .allMatch(message -> List.of("flow", "heartbeat").contains(message.type())));
            client.request("""
                {"type":"ping","id":3}""");
            client.request("""
                {"type":"configure","id":4,"paused":false}""");
            awaitConvergence(client);
            List<Message> rest = client.heard().subList(from, client.heard().size());
            assertEquals(
                    SYMBOLS,
                    rest.stream()
                            .filter(message -> message.type().equals("update"))
                            .mapToInt(message -> message.rows().size())
                            .sum(),
                    "a row for each symbol");
            assertTrue(flows(client).get(0).text().contains("\"level\":\"paused\",\"reason\":\"configured\""));
            assertTrue(flows(client).get(1).text().contains("\"level\":\"full\",\"reason\":\"configured\""));
        }
    }

    @Test
    void whatIsNotVisibleComesSeldom() throws Exception {
        try (TestClient client = client("looking")) {
            client.request("""
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["*"]}""");
            client.request("""
                {"type":"configure","id":2,"visible":["s0"],"max_rate":10}""");
            long began = System.nanoTime();
            market.moves(Duration.ofSeconds(2));
            Map<String, List<Long>> times = times(client, "ticker");
            assertRate(10, 2, began, times.remove("S0"));
            times.forEach((symbol, of) -> assertEquals(1, of.size(), symbol));
            client.request("""
                {"type":"configure","id":3,"visible":null}""");
            awaitConvergence(client);
        }
    }

    @Test
    void whatIsConfiguredStaysAndSenselessWishesAreRefused() throws Exception {
        try (TestClient client = client("configuring")) {
            client.hears("""
                {"type":"welcome","limits":{"max_rate":50}}""");
            client.says("""
                {"type":"configure","id":1,"max_rate":0.10,"visible":["aapl","MSFT"]}""");
            client.hears(
                    """
                {"type":"configured","id":1,"max_rate":0.1,"paused":false,"visible":["AAPL","MSFT"]}""");
            client.hears("""
                {"type":"flow","level":"reduced","reason":"hidden","max_rate":0.2}""");
            client.says("""
                {"type":"configure","id":2}""");
            client.hears(
                    """
                {"type":"configured","id":2,"max_rate":0.1,"paused":false,"visible":["AAPL","MSFT"]}""");
            client.says("""
                {"type":"configure","id":3,"max_rate":null,"visible":null}""");
            assertEquals(
                    """
                {"type":"configured","id":3,"paused":false}""",
                    client.hears("""
                {"type":"configured"}""").text());
            client.hears("""
                {"type":"flow","level":"full","reason":"hidden"}""");
            refuses(client, "\"max_rate\":0", "max_rate must be between 0.1 and 50");
            refuses(client, "\"max_rate\":50.01", "max_rate must be between 0.1 and 50");
            refuses(client, "\"max_rate\":\"5\"", "max_rate must be between 0.1 and 50");
            refuses(client, "\"max_rate\":1e999999999", "max_rate must be between 0.1 and 50");
            refuses(client, "\"paused\":1", "paused must be true or false");
            refuses(
                    client,
                    "\"visible\":\"AAPL\"",
                    "visible must be null, or a list of symbols, each " + Symbol.EXPECTED);
            refuses(
                    client,
                    "\"visible\":[\"A*\"]",
                    "visible must be null, or a list of symbols, each " + Symbol.EXPECTED);
            client.says(
                    """
                {"type":"subscribe","id":5,"channel":"ticker","symbols":["S0"],"max_rate":-1}""");
            client.hears("""
                {"type":"error","id":5,"reason":"invalid_field","field":"max_rate"}""");
        }
    }

    private static void refuses(TestClient client, String wish, String message) {
        client.says("{\"type\":\"configure\",\"id\":4," + wish + "}");
        String field = message.substring(0, message.indexOf(' '));
        client.hears("{\"type\":\"error\",\"id\":4,\"reason\":\"invalid_field\",\"field\":\"" + field
                + "\",\"message\":\"" + message + "\"}");
    }

    @Test
    void aClientThatStopsReadingHearsOfEachStepAndThatItIsOver() throws Exception {
        try (TestClient slow = TestClient.dial(service.ticker())
                .subprotocol("tickerplant.v1")
                .checkedBy(observatory.checker("slow"))
                .receiveBuffer(16 * 1024)
                .connect()) {
            slow.request("""
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["*"]}""");
            market.moves(Duration.ofMillis(500));
            slow.stopReading();
            market.moves(Duration.ofSeconds(5));
            slow.resumeReading();
            slow.await(
                    "the end of it",
                    message -> message.type().equals("flow")
                            && message.text().contains("\"level\":\"full\",\"reason\":\"slow_client\""));
            awaitConvergence(slow);
            assertTrue(flows(slow).stream().anyMatch(flow -> flow.text().contains("\"level\":\"reduced\"")));
        }
    }
}
