package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.checker.Checker;
import tickerplant.checker.Folded;
import tickerplant.checker.Key;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** A client that comes back: nothing lost, nothing doubled, or a word that it can't be had (guarantee N3). */
class ResumeTest {
    private static final int EVENTS_PER_SECOND = 5_000;

    private final Observatory observatory = new Observatory();
    private final MovingMarket market = new MovingMarket(observatory, 20, EVENTS_PER_SECOND, 5);

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

    private static Message resume(TestClient client, String channel, String epoch, Map<String, Long> seqs) {
        String numbers = seqs.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(","));
        return client.request(
                """
            {"type":"subscribe","id":"%1$s","channel":"%1$s","symbols":["*"],"resume":{"epoch":"%2$s","seq":{%3$s}}}"""
                        .formatted(channel, epoch, numbers));
    }

    private Map<String, Long> known(Checker checker, String channel) {
        Map<String, Long> seqs = new HashMap<>();
        for (String symbol : market.symbols()) {
            seqs.put(
                    symbol,
                    checker.folded(Key.of(channel, symbol)).map(Folded::seq).orElse(0L));
        }
        return seqs;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 60})
    void afterSecondsOfAFastMarketNothingIsLostAndNothingDoubled(int seconds) throws Exception {
        try (TestService service = TestService.with(market.feed());
                TestClient observer = connect(service, observatory.observer("observer"))) {
            follow(observer);
            Checker before = observatory.checker("before");
            String epoch = service.tickerplant().sessions().epoch();
            try (TestClient client = connect(service, before)) {
                follow(client);
                market.plays(EVENTS_PER_SECOND / 10);
                market.isHeard(client, "ticker");
                market.isHeard(client, "trades");
            }

            market.plays(seconds * EVENTS_PER_SECOND);
            market.isHeard(observer, "ticker");
            market.isHeard(observer, "trades");

            Checker after = observatory.checker("after");
            after.resumes(before);
            try (TestClient client = connect(service, after)) {
                Message ticker = resume(client, "ticker", epoch, known(before, "ticker"));
                Message trades = resume(client, "trades", epoch, known(before, "trades"));
                market.plays(EVENTS_PER_SECOND / 10);
                market.isHeard(client, "ticker");
                market.isHeard(client, "trades");
                market.isHeard(observer, "ticker");
                market.isHeard(observer, "trades");

                assertTrue(ticker.text().contains("\"S0\":\"merged\""), ticker.text());
                assertTrue(trades.text().contains("\"S0\":\"replayed\""), trades.text());
                assertEquals(List.of(), observatory.verdict(System.nanoTime()));
            }
        }
    }

    @Test
    void whatIsNoLongerRememberedIsSaidToBeMissing() throws Exception {
        try (TestService service = TestService.with(Map.of(Setting.HISTORY_ROWS, "300"), market.feed());
                TestClient observer = connect(service, observatory.observer("observer"))) {
            follow(observer);
            String epoch = service.tickerplant().sessions().epoch();
            market.plays(4_000);
            market.isHeard(observer, "ticker");
            market.isHeard(observer, "trades");
            Map<String, Long> first = new HashMap<>();
            market.symbols().forEach(symbol -> first.put(symbol, 1L));

            try (TestClient client = connect(service, observatory.checker("client"))) {
                Message trades = resume(client, "trades", epoch, first);
                market.isHeard(client, "trades");

                assertTrue(trades.text().contains("\"S0\":\"partial\""), trades.text());
                assertTrue(
                        client.heard().stream().anyMatch(message -> message.text()
                                .startsWith("{\"type\":\"gap\",\"channel\":\"trades\",\"symbol\":\"S0\",\"from\":2,")),
                        "no gap was told");
                assertEquals(List.of(), observatory.verdict(System.nanoTime()));
            }
        }
    }

    @Test
    void anotherEpochMeansASnapshot() throws Exception {
        try (TestService service = TestService.with(market.feed());
                TestClient client = connect(service, observatory.observer("client"))) {
            market.plays(100);
            Message answer = resume(client, "ticker", "e-of-long-ago", Map.of("S0", 5L, "S1", 1_000_000L));
            market.isHeard(client, "ticker");

            assertTrue(answer.text().contains("\"recovery\":{\"S0\":\"snapshot\",\"S1\":\"snapshot\"}"), answer.text());
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }

    @Test
    void aSequenceThatCannotBeIsRejectedForItsSymbolAlone() throws Exception {
        try (TestService service = TestService.with(market.feed());
                TestClient client = connect(service, observatory.observer("client"))) {
            String epoch = service.tickerplant().sessions().epoch();
            Message answer = client.request(
                    """
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["S0","S1","S2","S3","S4"],
                 "resume":{"epoch":"%s","seq":{"S0":0,"S1":-1,"S2":1000000,"S3":9223372036854775808,"S4":1.5}}}"""
                            .formatted(epoch));

            assertTrue(answer.text().contains("\"symbols\":[\"S0\"],\"total\":1"), answer.text());
            for (String symbol : List.of("S1", "S2", "S3", "S4")) {
                assertTrue(
                        answer.text()
                                .contains("{\"symbol\":\"" + symbol + "\",\"code\":400,\"reason\":\"invalid_field\"}"),
                        answer.text());
            }
            assertTrue(answer.text().contains("\"recovery\":{\"S0\":\"replayed\"}"), answer.text());
        }
    }

    @Test
    void whoWantsNoSnapshotIsToldWhereHeStands() throws Exception {
        try (TestService service = TestService.with(market.feed());
                TestClient observer = connect(service, observatory.observer("observer"));
                TestClient client = connect(service, observatory.checker("client"))) {
            follow(observer);
            market.plays(500);
            market.isHeard(observer, "ticker");
            market.isHeard(observer, "trades");
            long seq = observer.awaitState(Key.of("ticker", "S0"), "a state", state -> true)
                    .seq();
            Message answer = client.request(
                    """
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["S0"],"snapshot":false}""");
            market.plays(500);
            client.awaitState(Key.of("ticker", "S0"), "the head", state -> state.seq() == market.seq("ticker", "S0"));
            market.isHeard(observer, "ticker");
            market.isHeard(observer, "trades");

            assertTrue(answer.text().contains("\"seq\":{\"S0\":" + seq + "}"), answer.text());
            assertTrue(
                    client.heard().stream().noneMatch(message -> message.type().equals("snapshot")),
                    "a snapshot came all the same");
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }
}
