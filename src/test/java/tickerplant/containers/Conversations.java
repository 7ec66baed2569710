package tickerplant.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickerplant.checker.Checker;
import tickerplant.checker.Folded;
import tickerplant.checker.HandshakeRefused;
import tickerplant.checker.Json;
import tickerplant.checker.Key;
import tickerplant.checker.Message;
import tickerplant.checker.TestClient;

/** Client says, client hears: the same whatever the container, every message judged by the checker. */
interface Conversations {
    /** The container, with the market playing. */
    RunningContainer server();

    /** A conversation about to begin. */
    Clients clients();

    private static void follow(TestClient client, String channel, String symbols) {
        client.request("{\"type\":\"subscribe\",\"id\":\"%1$s\",\"channel\":\"%1$s\",\"symbols\":[\"%2$s\"]}"
                .formatted(channel, symbols));
    }

    /** Waits until the client stands so far in the symbol's ticker, or further. */
    private static long awaitSeq(TestClient client, String channel, String symbol, long seq) {
        return client.awaitState(Key.of(channel, symbol), "seq " + seq, state -> state.seq() >= seq)
                .seq();
    }

    /** Where the client stands in each symbol of the channel, and so many events more. */
    private static Map<String, Long> seqs(TestClient client, String channel, int more) {
        Map<String, Long> seqs = new HashMap<>();
        PlayedMarket.MOVING.forEach(symbol -> seqs.put(symbol, seq(client, channel, symbol) + more));
        return seqs;
    }

    private static void awaitSeqs(TestClient client, String channel, Map<String, Long> seqs) {
        seqs.forEach((symbol, seq) -> awaitSeq(client, channel, symbol, seq));
    }

    private static long seq(TestClient client, String channel, String symbol) {
        return awaitSeq(client, channel, symbol, 0);
    }

    @Test
    default void aSubscriberHearsTheLastValueToTheDigit() throws IOException {
        try (Clients clients = clients()) {
            TestClient client = clients.observer("client");
            assertEquals("tickerplant.v1", client.subprotocol());
            client.hears(
                    """
                {"type":"welcome","protocol":"tickerplant.v1","auth":"none","heartbeat_ms":2000}""");
            client.says("""
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["still"]}""");
            client.hears(
                    """
                {"type":"subscribed","id":1,"channel":"ticker","symbols":["STILL"],"total":1}""");
            client.hears("{\"type\":\"snapshot\",\"end\":true,\"data\":[{" + PlayedMarket.STILL + "}]}");
        }
    }

    @Test
    default void programsOnThisMachinePublishAndThoseBehindAProxyDoNot() throws IOException {
        try (TestClient desk = TestClient.dial(server().socket("/ws/feed"))
                .subprotocol("tickerplant.v1")
                .connect()) {
            desk.hears("""
                {"type":"welcome","protocol":"tickerplant.v1","auth":"none"}""");
            desk.says(
                    """
                {"type":"publish","id":1,"data":[{"symbol":"DESK","price":10.5,"size":100},{"symbol":"DESK","price":-1,"size":1}]}""");
            desk.hears("""
                {"type":"accepted","id":1,"count":1,"duplicates":0}""");
        }
        try (TestClient proxy = TestClient.dial(server().socket("/ws/feed"))
                .header("X-Forwarded-Proto", "https")
                .raw()
                .connect()) {
            assertEquals(4502, proxy.awaitClosing().code());
        }
    }

    @Test
    default void everyChangeIsHeardInEveryChannelByAllClientsAlike() throws IOException {
        try (Clients clients = clients()) {
            TestClient first = clients.observer("first");
            TestClient second = clients.observer("second");
            for (TestClient client : List.of(first, second)) {
                for (String channel : List.of("ticker", "trades", "status", "news")) {
                    follow(client, channel, "MOVE*");
                }
            }
            Map<String, Long> ticker = seqs(first, "ticker", 30);
            Map<String, Long> trades = seqs(first, "trades", 5);
            for (TestClient client : List.of(first, second)) {
                awaitSeqs(client, "ticker", ticker);
                awaitSeqs(client, "trades", trades);
            }
            first.await("a trade taken back", message -> message.text().contains("\"cancels\":"));
            first.await(
                    "a halt",
                    message -> message.text().contains("\"channel\":\"status\"")
                            && message.type().equals("update"));
            first.await("news", message -> message.text().contains("\"headline\":"));
        }
    }

    @Test
    default void aLateSubscriberGoesOnFromWhereTheMarketStands() throws IOException {
        try (Clients clients = clients()) {
            TestClient early = clients.observer("early");
            follow(early, "ticker", "MOVE*");
            long stand = awaitSeq(early, "ticker", "MOVE3", 1);
            TestClient late = clients.client("late");
            follow(late, "ticker", "MOVE3");
            Message snapshot = late.hears(
                    """
                {"type":"snapshot","channel":"ticker","end":true,"data":[{"symbol":"MOVE3"}]}""");
            assertTrue(seq(late, "ticker", "MOVE3") >= stand, snapshot.text());
            awaitSeq(late, "ticker", "MOVE3", stand + 20);
            awaitSeq(early, "ticker", "MOVE3", seq(late, "ticker", "MOVE3"));
        }
    }

    @Test
    default void whatIsUnsubscribedIsNotHeardAnyMore() throws IOException {
        try (Clients clients = clients()) {
            TestClient client = clients.client("client");
            follow(client, "ticker", "MOVE*");
            awaitSeq(client, "ticker", "MOVE1", 1);
            client.request("""
                {"type":"unsubscribe","id":2,"channel":"ticker","symbols":["MOVE*"]}""");
            follow(client, "ticker", "MOVE2");
            awaitSeq(client, "ticker", "MOVE2", seq(client, "ticker", "MOVE2") + 10);
            assertEquals(
                    "{\"type\":\"subscriptions\",\"id\":4,\"data\":[{\"channel\":\"ticker\",\"symbols\":[\"MOVE2\"]}]}",
                    client.request("""
                        {"type":"subscriptions","id":4}""")
                            .text());
        }
    }

    @Test
    default void heartbeatsComeInTimeAndCarryTheRightSum() throws IOException {
        try (Clients clients = clients()) {
            TestClient client = clients.client("client");
            follow(client, "ticker", "MOVE*");
            for (int i = 0; i < 2; i++) {
                client.hears("""
                    {"type":"heartbeat","feed":"replay"}""");
            }
        }
    }

    @Test
    default void whoComesBackMissesNothingAndHearsNothingTwice() throws IOException {
        try (Clients clients = clients()) {
            TestClient observer = clients.observer("observer");
            Checker before = clients.observatory().checker("before");
            TestClient leaving = clients.client(before);
            for (TestClient client : List.of(observer, leaving)) {
                follow(client, "ticker", "MOVE*");
                follow(client, "trades", "MOVE*");
            }
            awaitSeqs(leaving, "trades", seqs(observer, "trades", 1));
            String epoch =
                    Json.parse(leaving.heard().get(0).text()).get("epoch").toString();
            leaving.cut();
            awaitSeqs(observer, "trades", seqs(observer, "trades", 3));

            Checker after = clients.observatory().checker("after");
            after.resumes(before);
            TestClient back = clients.client(after);
            for (String channel : List.of("ticker", "trades")) {
                Map<String, Long> seqs = new HashMap<>();
                for (String symbol : PlayedMarket.MOVING) {
                    seqs.put(
                            symbol,
                            before.folded(Key.of(channel, symbol))
                                    .map(Folded::seq)
                                    .orElse(0L));
                }
                Message answer = back.request(resume(channel, epoch, seqs));
                String recovery = channel.equals("ticker") ? "\"MOVE0\":\"merged\"" : "\"MOVE0\":\"replayed\"";
                assertTrue(answer.text().contains(recovery), answer.text());
            }
            awaitSeqs(back, "ticker", seqs(observer, "ticker", 5));
            awaitSeqs(back, "trades", seqs(observer, "trades", 1));
            awaitSeqs(observer, "ticker", seqs(back, "ticker", 0));
            awaitSeqs(observer, "trades", seqs(back, "trades", 0));
        }
    }

    private static String resume(String channel, String epoch, Map<String, Long> seqs) {
        String numbers = seqs.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(","));
        return """
            {"type":"subscribe","id":"%1$s","channel":"%1$s","symbols":["*"],"resume":{"epoch":"%2$s","seq":{%3$s}}}"""
                .formatted(channel, epoch, numbers);
    }

    @Test
    default void whoStallsHearsMergedRowsAfterwardsAndOthersNoticeNothing() throws IOException {
        try (Clients clients = clients()) {
            TestClient observer = clients.observer("observer");
            TestClient slow = clients.slow("slow");
            for (TestClient client : List.of(observer, slow)) {
                follow(client, "ticker", "*");
            }
            awaitSeq(slow, "ticker", "MOVE0", 1);
            slow.stopReading();
            long later = awaitSeq(observer, "ticker", "MOVE0", seq(observer, "ticker", "MOVE0") + 100);
            slow.resumeReading();
            awaitSeqs(slow, "ticker", seqs(observer, "ticker", 1));
            awaitSeqs(observer, "ticker", seqs(slow, "ticker", 0));
            assertTrue(seq(slow, "ticker", "MOVE0") >= later);
            long merged = slow.heard().stream()
                    .flatMap(message -> message.rows().stream())
                    .filter(row -> row.containsKey("n"))
                    .count();
            assertTrue(merged > 0, "nothing was merged");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {                                                                  | malformed_json
            ``                                                                 | malformed_json
            {"type":"ping","id":1} trailing                                    | malformed_json
            {"type":"ping","id":1}{"type":"ping","id":2}                       | malformed_json
            {"type":"ping","id":1,"id":2}                                      | malformed_json
            {"type":"ping","id":01}                                            | malformed_json
            {"type":"ping","id":NaN}                                           | malformed_json
            [{"type":"ping"}]                                                  | invalid_message
            {"id":1}                                                           | invalid_message
            {"type":7,"id":1}                                                  | invalid_field
            {"type":"fly","id":1}                                              | unknown_type
            {"type":"ping","id":1e999}                                         | invalid_field
            {"type":"subscribe","id":1,"channel":"ticker","symbols":"AAPL{"}   | invalid_field
            {"type":"subscribe","id":1,"channel":"ticker","symbols":{}}        | invalid_field
            {"type":"subscribe","id":1,"channel":"depth","symbols":["STILL"]}  | unknown_channel
            """)
    default void aSenselessRequestIsAnsweredWithItsReasonAndTheConnectionStays(String text, String reason)
            throws IOException {
        try (Clients clients = clients()) {
            TestClient client = clients.client("client");
            client.hears("""
                {"type":"welcome"}""");
            client.says(text);
            client.hears("{\"type\":\"error\",\"reason\":\"" + reason + "\",\"retry\":false}");
            client.request("""
                {"type":"ping","id":"still here"}""");
        }
    }

    @Test
    default void bracketsWithoutEndAreRefusedAndHarmNobody() throws IOException {
        try (Clients clients = clients()) {
            TestClient client = clients.client("client");
            client.hears("""
                {"type":"welcome"}""");
            client.says("[".repeat(60_000));
            client.hears("""
                {"type":"error","reason":"malformed_json"}""");
            client.request("""
                {"type":"ping","id":"still here"}""");
        }
    }

    @Test
    default void aBinaryMessageIsAnsweredWithAnErrorAndTheEnd() throws IOException {
        try (Clients clients = clients()) {
            TestClient client = clients.client("client");
            client.hears("""
                {"type":"welcome"}""");
            client.saysBinary(new byte[] {1, 2, 3});
            client.hears("""
                {"type":"error","code":415,"reason":"unsupported_data"}""");
            assertEquals(1003, client.awaitClosing().code());
        }
    }

    @Test
    default void aThousandRequestsAreAnsweredInTheirOrder() throws IOException {
        try (Clients clients = clients()) {
            TestClient client = clients.client("client");
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                client.says("{\"type\":\"ping\",\"id\":" + i + "}");
                expected.add("{\"type\":\"pong\",\"id\":" + i + ",");
            }
            client.await("the last answer", message -> message.text().startsWith(expected.get(999)));
            List<Message> pongs = client.heard().stream()
                    .filter(message -> message.type().equals("pong"))
                    .toList();
            for (int i = 0; i < 1_000; i++) {
                assertTrue(
                        pongs.get(i).text().startsWith(expected.get(i)),
                        pongs.get(i).text());
            }
        }
    }

    @Test
    default void aPageOfAnotherSiteHearsNothing() throws IOException {
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1." + server().port())) {
            try (TestClient client = TestClient.dial(server().socket("/ws/ticker"))
                    .origin(origin)
                    .raw()
                    .connect()) {
                assertEquals(4502, client.awaitClosing().code(), origin);
                assertEquals(List.of(), client.heard());
            } catch (HandshakeRefused refused) {
                assertEquals(403, refused.status(), origin);
            }
        }
    }

    @Test
    default void aPageOfOurOwnIsServedAndSoIsWhoOffersNoProtocol() throws IOException {
        try (TestClient client = TestClient.dial(server().socket("/ws/ticker"))
                .origin("http://127.0.0.1:" + server().port())
                .raw()
                .connect()) {
            client.hears("""
                {"type":"welcome"}""");
            assertEquals("", client.subprotocol());
        }
    }

    @Test
    default void ofManyProtocolsOursIsSelectedAndOfUnknownOnesNone() throws IOException {
        try (TestClient client = TestClient.dial(server().socket("/ws/ticker"))
                .subprotocol("graphql-ws, tickerplant.v1, mqtt")
                .raw()
                .connect()) {
            assertEquals("tickerplant.v1", client.subprotocol());
        }
        try (TestClient client = TestClient.dial(server().socket("/ws/ticker"))
                .subprotocol("graphql-ws, mqtt")
                .raw()
                .connect()) {
            assertEquals("", client.subprotocol());
        }
    }

    @Test
    default void theSameValuesAreToldOverHttp() throws Exception {
        try (Clients clients = clients()) {
            TestClient client = clients.observer("client");
            follow(client, "ticker", "MOVE*");
            awaitSeq(client, "ticker", "MOVE5", 1);
            String body = server().get("/api/v1/ticker?symbols=MOVE5,STILL").body();
            Map<String, Object> answer = Json.parse(body);
            String epoch = answer.get("epoch").toString();
            Message rows = Message.of(System.nanoTime(), body);
            assertEquals(2, rows.rows().size(), body);
            for (Map<String, Object> row : rows.rows()) {
                String symbol = row.get("symbol").toString();
                if (symbol.equals("MOVE5")) {
                    long seq = Json.whole(row.get("seq"));
                    awaitSeq(client, "ticker", "MOVE5", seq + 1);
                }
                assertEquals(
                        List.of(), clients.observatory().claim(epoch, Key.of("ticker", symbol), row), "told otherwise");
            }
            assertFalse(body.contains("\"rejected\""), body);
        }
    }
}
