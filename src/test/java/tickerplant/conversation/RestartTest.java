package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.checker.Checker;
import tickerplant.checker.Folded;
import tickerplant.checker.Json;
import tickerplant.checker.Key;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** A service that ends and comes back, with a journal: what clients and history know across it. */
class RestartTest {
    private final Observatory observatory = new Observatory();
    private final MovingMarket market = new MovingMarket(observatory, 5, 5_000, 11);

    @TempDir
    Path folder;

    private Map<Setting, String> settings() {
        return Map.of(Setting.DATA, folder.toString());
    }

    private static TestClient connect(TestService service, Checker checker) throws IOException {
        return TestClient.dial(service.ticker())
                .subprotocol("tickerplant.v1")
                .checkedBy(checker)
                .connect();
    }

    private static void follow(TestClient client) {
        client.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}");
        client.request("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"trades\",\"symbols\":[\"*\"]}");
    }

    private void isHeard(TestClient client) {
        market.isHeard(client, "ticker");
        market.isHeard(client, "trades");
    }

    private Message resume(TestClient client, String channel, String epoch, Checker before) {
        String numbers = market.symbols().stream()
                .map(symbol -> "\"" + symbol + "\":"
                        + before.folded(Key.of(channel, symbol))
                                .map(Folded::seq)
                                .orElse(0L))
                .collect(Collectors.joining(","));
        return client.request(
                """
            {"type":"subscribe","id":"%1$s","channel":"%1$s","symbols":["*"],"resume":{"epoch":"%2$s","seq":{%3$s}}}"""
                        .formatted(channel, epoch, numbers));
    }

    private static String get(TestService service, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(service.http(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The sequences of all stored trades of a symbol, by pages. */
    private static List<Long> history(TestService service, String symbol, String epoch) throws Exception {
        List<Long> seqs = new ArrayList<>();
        long after = 0;
        while (true) {
            String body = get(
                    service,
                    "/api/v1/trades?limit=700&symbol=" + symbol + "&after_seq=" + after
                            + (epoch.isEmpty() ? "" : "&epoch=" + epoch));
            Map<String, Object> page = Json.parse(body);
            assertFalse(page.containsKey("whole_after"), body.substring(Math.max(0, body.length() - 200)));
            for (Object row : (List<?>) page.get("data")) {
                seqs.add(((Number) ((Map<?, ?>) row).get("seq")).longValue());
            }
            if (!page.containsKey("next")) {
                return seqs;
            }
            after = ((Number) page.get("next")).longValue();
        }
    }

    private static List<Long> upTo(long seq) {
        return LongStream.rangeClosed(1, seq).boxed().toList();
    }

    @Test
    void afterAStopAClientResumesAsIfNothingHadHappened() throws Exception {
        Checker before = observatory.checker("before");
        String epoch;
        try (TestService service = TestService.with(settings(), market.feed());
                TestClient observer = connect(service, observatory.observer("observer"))) {
            epoch = service.tickerplant().sessions().epoch();
            follow(observer);
            try (TestClient client = connect(service, before)) {
                follow(client);
                market.plays(2_000);
                isHeard(client);
            }
            market.plays(3_000);
            isHeard(observer);
        }

        Checker after = observatory.checker("after");
        after.resumes(before);
        try (TestService service = TestService.with(settings(), market.feedAgain());
                TestClient observer = connect(service, observatory.observer("observer again"));
                TestClient client = connect(service, after)) {
            follow(observer);
            assertEquals(epoch, service.tickerplant().sessions().epoch());
            Message ticker = resume(client, "ticker", epoch, before);
            Message trades = resume(client, "trades", epoch, before);
            market.plays(1_000);
            isHeard(client);
            isHeard(observer);

            assertTrue(ticker.text().contains("\"S0\":\"merged\""), ticker.text());
            assertTrue(trades.text().contains("\"S0\":\"replayed\""), trades.text());
            for (String symbol : market.symbols()) {
                assertEquals(upTo(market.seq("trades", symbol)), history(service, symbol, ""), symbol);
            }
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }

    @Test
    void whatMemoryHasForgottenComesFromTheJournal() throws Exception {
        Map<Setting, String> small = new HashMap<>(settings());
        small.put(Setting.HISTORY_ROWS, "100");
        try (TestService service = TestService.with(small, market.feed());
                TestClient observer = connect(service, observatory.observer("observer"))) {
            follow(observer);
            market.plays(6_000);
            isHeard(observer);
            for (String symbol : market.symbols()) {
                assertEquals(upTo(market.seq("trades", symbol)), history(service, symbol, ""), symbol);
            }
            String bars = get(service, "/api/v1/bars?symbol=S0&interval=1m");
            assertFalse(bars.contains("whole_after"), bars);
        }
    }

    @Test
    void afterACrashTheEpochIsNewAndTheOldOneIsHistory(@TempDir Path crashed) throws Exception {
        String epoch;
        Map<String, Long> seqs = new HashMap<>();
        try (TestService service = TestService.with(settings(), market.feed());
                TestClient observer = connect(service, observatory.observer("observer"))) {
            epoch = service.tickerplant().sessions().epoch();
            follow(observer);
            market.plays(3_000);
            isHeard(observer);
            for (String symbol : market.symbols()) {
                seqs.put(symbol, market.seq("trades", symbol));
                history(service, symbol, "");
            }
            await("all is stored", () -> service.tickerplant().journal().lag() == 0);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.copy(file, crashed.resolve(file.getFileName()));
                }
            }
        }

        try (TestService service = TestService.with(Map.of(Setting.DATA, crashed.toString()), market.feedAgain())) {
            assertNotEquals(epoch, service.tickerplant().sessions().epoch());
            for (String symbol : market.symbols()) {
                assertEquals(upTo(seqs.get(symbol)), history(service, symbol, epoch), symbol);
            }
            try (TestClient client = connect(service, observatory.checker("after"))) {
                Message ticker = client.request(
                        """
                    {"type":"subscribe","id":1,"channel":"ticker","symbols":["S0"],\
                    "resume":{"epoch":"%s","seq":{"S0":5}}}"""
                                .formatted(epoch));
                assertTrue(ticker.text().contains("\"S0\":\"snapshot\""), ticker.text());
            }
        }
    }
}
