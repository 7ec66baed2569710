package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickerplant.checker.Json;
import tickerplant.checker.Message;
import tickerplant.checker.TestClient;
import tickerplant.feed.ScriptedFeed;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;
import tickerplant.server.TestService;
import tickerplant.service.Setting;
import tickerplant.service.Tokens;

/** What publishers send, and what becomes of it, on the real service. */
class PublishConversationTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Listed OURS =
            new Listed(new Instrument(new Symbol("OURS"), "", "USD", "", 2, 0, ZoneOffset.UTC), "venue", 10_000, 1);

    private TestService service;

    @AfterEach
    void stop() {
        service.close();
    }

    private void start(Map<Setting, String> settings) throws IOException, InterruptedException {
        service = TestService.with(settings, ScriptedFeed.live("venue", OURS).waits());
    }

    private TestClient publisher(String... header) throws IOException {
        TestClient.Dial dial = TestClient.dial(service.feed());
        for (int i = 0; i < header.length; i += 2) {
            dial = dial.header(header[i], header[i + 1]);
        }
        TestClient client = dial.connect();
        client.hears("""
            {"type":"welcome"}""");
        return client;
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http(path)).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static void assertHas(String expected, String text) {
        assertTrue(Json.has(Json.parse(text), Json.parse(expected)), () -> "expected " + expected + " in " + text);
    }

    private String get(String path) throws Exception {
        URI address = service.http(path);
        return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void whatIsPublishedIsHeardBySomebodyWhoFollowsIt() throws Exception {
        start(Map.of());
        try (TestClient publisher = publisher();
                TestClient client = TestClient.dial(service.ticker()).connect()) {
            client.hears("""
                {"type":"welcome"}""");
            publisher.says(
                    """
                {"type":"publish","id":1,"publisher":"desk-1","pseq":1,"data":[
                 {"kind":"instrument","symbol":"DESK.A","name":"Desk A","currency":"EUR","prev_close":10},
                 {"kind":"trade","symbol":"desk.a","price":10.5,"size":3,"side":"buy","id":"t-1"},
                 {"kind":"quote","symbol":"DESK.A","bid":10.4,"bid_size":1,"ask":"10.6","ask_size":"2"},
                 {"kind":"status","symbol":"DESK.A","phase":"open"},
                 {"kind":"news","symbol":"*","headline":"all is well"}]}""");
            publisher.hears("""
                {"type":"accepted","id":1,"count":5,"duplicates":0,"rejected":[]}""");
            client.says("""
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["DESK.A"]}""");
            client.hears("""
                {"type":"subscribed","id":1,"total":1}""");
            client.hears(
                    """
                {"type":"snapshot","data":[{"symbol":"DESK.A","name":"Desk A","currency":"EUR","last":10.5,"last_size":3,
                 "bid":10.4,"ask":10.6,"ask_size":2,"prev_close":10,"change":0.5,"change_pct":5,"trades":1}]}""");
            publisher.says(
                    """
                {"type":"publish","id":2,"publisher":"desk-1","pseq":2,"data":[{"kind":"cancel","symbol":"DESK.A","id":"t-1"}]}""");
            publisher.hears("""
                {"type":"accepted","id":2,"count":1}""");
            client.await(
                    "no last any more",
                    message -> message.type().equals("update") && message.text().contains("\"last\":null"));
        }
    }

    @Test
    void aBadEventIsRejectedByItselfAndSaysWhy() throws Exception {
        start(Map.of());
        try (TestClient publisher = publisher()) {
            Message answer = publisher.request(
                    """
                {"type":"publish","id":1,"data":[
                 {"kind":"trade","symbol":"X","price":1.25,"size":1},
                 {"kind":"trade","symbol":"X","price":-1,"size":1},
                 {"kind":"trade","symbol":"X","price":"NaN","size":1},
                 {"kind":"trade","symbol":"X","price":1e308,"size":1},
                 {"kind":"trade","symbol":"X","price":1,"size":0},
                 {"kind":"trade","symbol":"X","price":1.1234567,"size":1},
                 {"kind":"trade","symbol":"X","price":999999999999999,"size":1},
                 {"kind":"dance","symbol":"X","price":1,"size":1},
                 {"kind":"trade","symbol":"no symbol","price":1,"size":1},
                 {"kind":"trade","price":1,"size":1},
                 {"kind":"trade","symbol":"X","price":{"is":1},"size":1},
                 {"kind":"trade","symbol":"X","price":true,"size":1},
                 {"kind":"quote","symbol":"X","bid":1,"bid_size":1,"ask":2,"ask_size":-2},
                 {"kind":"status","symbol":"X","phase":"asleep"},
                 {"kind":"news","symbol":"X","headline":"h","url":"javascript:alert(1)"},
                 {"kind":"trade","symbol":"X","price":1,"size":1,"ts":7258118400000000},
                 {"kind":"trade","symbol":"OURS","price":1,"size":1},
                 7, null, "trade", [],
                 {"symbol":"X","price":2.5,"size":"1"}]}""");
            String summary = Json.objects(answer.members().get("rejected")).stream()
                    .map(row -> Json.whole(row.get("index")) + " " + row.get("reason") + " "
                            + row.getOrDefault("field", "-"))
                    .collect(Collectors.joining("\n"));
            assertEquals(
                    """
                    1 invalid_field price
                    2 invalid_field price
                    3 invalid_field price
                    4 invalid_field size
                    6 invalid_field price
                    7 invalid_field kind
                    8 invalid_field symbol
                    9 invalid_field symbol
                    10 invalid_field price
                    11 invalid_field price
                    12 invalid_field ask_size
                    13 invalid_field phase
                    14 invalid_field url
                    15 invalid_field ts
                    16 forbidden symbol
                    17 invalid_field -
                    18 invalid_field -
                    19 invalid_field -
                    20 invalid_field -""",
                    summary);
            assertTrue(answer.text().contains("symbol belongs to the feed venue, which named it first"), answer.text());
            assertHas("{\"data\":[{\"symbol\":\"X\",\"last\":2.5,\"trades\":3}]}", get("/api/v1/ticker?symbols=X"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"publish\",\"id\":1,\"data\":[]} | invalid_field | data",
                "{\"type\":\"publish\",\"id\":1,\"data\":{}} | invalid_field | data",
                "{\"type\":\"publish\",\"id\":1} | invalid_field | data",
                "{\"type\":\"publish\",\"id\":1,\"pseq\":1,\"data\":[{}]} | invalid_field | publisher",
                "{\"type\":\"publish\",\"id\":1,\"publisher\":\"a\",\"data\":[{}]} | invalid_field | pseq",
                "{\"type\":\"publish\",\"id\":1,\"publisher\":\"a\",\"pseq\":0,\"data\":[{}]} | invalid_field | pseq",
                "{\"type\":\"publish\",\"id\":1,\"publisher\":\"a\",\"pseq\":1.5,\"data\":[{}]} | invalid_field | pseq",
                "{\"type\":\"publish\",\"id\":1,\"publisher\":\"a\",\"pseq\":1e9999999,\"data\":[{}]} | invalid_field | pseq",
                "{\"type\":\"publish\",\"id\":1,\"publisher\":\"\",\"pseq\":1,\"data\":[{}]} | invalid_field | publisher",
                "{\"type\":\"publish\",\"data\":[{\"symbol\":\"A\",\"symbol\":\"B\"}]} | malformed_json |",
                "{\"type\":\"publish\",\"data\":[NaN]} | malformed_json |",
                "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]} | unknown_type | type",
            })
    void aSenselessMessageIsAnsweredAndNothingElse(String message, String reason, String field) throws Exception {
        start(Map.of());
        try (TestClient publisher = publisher()) {
            publisher.says(message);
            Message answer = publisher.hears("{\"type\":\"error\",\"reason\":\"" + reason + "\"}");
            assertEquals(field, answer.members().get("field"));
            publisher.says("""
                {"type":"ping","id":2}""");
            publisher.hears("""
                {"type":"pong","id":2}""");
        }
    }

    @Test
    void deepNestingAndTooManyEventsAreRefusedWhole() throws Exception {
        start(Map.of());
        try (TestClient publisher = publisher()) {
            publisher.says("{\"type\":\"publish\",\"data\":" + "[".repeat(40) + "]".repeat(40) + "}");
            publisher.hears("""
                {"type":"error","reason":"malformed_json"}""");
            String many = IntStream.range(0, 1_001).mapToObj(i -> "{}").collect(Collectors.joining(","));
            publisher.says("{\"type\":\"publish\",\"id\":2,\"data\":[" + many + "]}");
            publisher.hears("""
                {"type":"error","id":2,"reason":"invalid_field","field":"data"}""");
            String most = IntStream.range(0, 1_000).mapToObj(i -> "{}").collect(Collectors.joining(","));
            Message answer = publisher.request("{\"type\":\"publish\",\"id\":3,\"data\":[" + most + "]}");
            assertEquals(1_000, Json.objects(answer.members().get("rejected")).size());
        }
    }

    @Test
    void aMessageThatComesAgainIsADuplicateAndOneThatSkipsIsRefused() throws Exception {
        start(Map.of());
        String first =
                """
            {"type":"publish","id":1,"publisher":"desk-1","pseq":1,"data":[{"symbol":"X","price":1,"size":1},{"symbol":"X","price":0,"size":1}]}""";
        try (TestClient publisher = publisher()) {
            publisher.says(first);
            publisher.hears("""
                {"type":"accepted","id":1,"count":1,"duplicates":0}""");
        }
        try (TestClient publisher = publisher()) {
            publisher.says(first);
            publisher.hears("""
                {"type":"accepted","id":1,"count":0,"duplicates":2,"rejected":[]}""");
            publisher.says(first.replace("\"pseq\":1", "\"pseq\":3"));
            publisher.hears(
                    """
                {"type":"error","id":1,"reason":"invalid_field","field":"pseq","expected":2,"retry":false}""");
            publisher.says(first.replace("desk-1", "desk-2"));
            publisher.hears("""
                {"type":"accepted","id":1,"count":1}""");
        }
        assertHas("{\"data\":[{\"symbol\":\"X\",\"trades\":2}]}", get("/api/v1/ticker?symbols=X"));
    }

    @Test
    void moreThanMayBeInFlightIsRefusedAndNobodyElseNotices() throws Exception {
        start(Map.of());
        try (TestClient flood = publisher();
                TestClient other = publisher()) {
            String events = IntStream.range(0, 400)
                    .mapToObj(i -> "{\"symbol\":\"F" + i + "\",\"price\":1,\"size\":1}")
                    .collect(Collectors.joining(","));
            int said = 200;
            for (int i = 1; i <= said; i++) {
                flood.says("{\"type\":\"publish\",\"id\":" + i + ",\"data\":[" + events + "]}");
            }
            Message answer = other.request(
                    """
                {"type":"publish","id":1,"data":[{"symbol":"OTHER","price":1,"size":1}]}""");
            assertEquals("accepted", answer.type());
            flood.await(
                    "all answers",
                    message -> flood.heard().stream()
                                    .filter(m -> m.type().equals("accepted")
                                            || m.type().equals("error"))
                                    .count()
                            == said);
            List<Message> refused =
                    flood.heard().stream().filter(m -> m.type().equals("error")).toList();
            refused.forEach(message -> assertHas("{\"reason\":\"rate_limited\",\"retry\":true}", message.text()));
            List<Long> answered = flood.heard().stream()
                    .filter(m -> m.type().equals("accepted"))
                    .map(m -> Json.whole(m.members().get("id")))
                    .toList();
            assertEquals(answered.stream().sorted().toList(), answered, "answers in order");
            assertHas(
                    "{\"data\":[{\"symbol\":\"F7\",\"trades\":" + answered.size() + "}]}",
                    get("/api/v1/ticker?symbols=F7"));
        }
    }

    @Test
    void withoutAuthenticationPagesAndProxiesMayNotPublish() throws Exception {
        start(Map.of());
        String event = """
            {"type":"publish","data":[{"symbol":"X","price":1,"size":1}]}""";
        assertEquals(200, post("/api/v1/feed", event).statusCode());
        assertEquals(
                403,
                post("/api/v1/feed", event, "Origin", "http://evil.example").statusCode());
        assertEquals(
                403, post("/api/v1/feed", event, "X-Forwarded-For", "192.0.2.1").statusCode());
        assertEquals(
                405,
                HTTP.send(HttpRequest.newBuilder(service.http("/api/v1/feed")).build(), BodyHandlers.ofString())
                        .statusCode());
        try (TestClient page = TestClient.dial(service.feed())
                .origin("http://127.0.0.1:" + service.port())
                .raw()
                .connect()) {
            assertEquals(4502, page.awaitClosing().code());
        }
        try (TestClient proxy = TestClient.dial(service.feed())
                .header("X-Forwarded-For", "192.0.2.1")
                .raw()
                .connect()) {
            assertEquals(4502, proxy.awaitClosing().code());
        }
    }

    @Test
    void aTokenNeedsTheScopeAndCoversItsSymbolsAlone() throws Exception {
        start(Map.of(Setting.AUTH, "jwt", Setting.AUTH_KEY, Tokens.SECRET));
        long expires = System.currentTimeMillis() / 1000 + 600;
        String reads = Tokens.of(Map.of("exp", expires, "scope", "ticker", "sub", "reader"));
        String writes = Tokens.of(Map.of("exp", expires, "scope", "feed", "symbols", List.of("DESK.*"), "sub", "desk"));
        String others = Tokens.of(Map.of("exp", expires, "scope", "feed", "sub", "other"));
        String events =
                """
            {"type":"publish","id":1,"publisher":"p","pseq":1,"data":[{"symbol":"DESK.A","price":1,"size":1},{"symbol":"X","price":1,"size":1},
             {"kind":"news","symbol":"*","headline":"h"}]}""";
        assertEquals(401, post("/api/v1/feed", events).statusCode());
        assertEquals(
                403,
                post("/api/v1/feed", events, "Authorization", "Bearer " + reads).statusCode());
        HttpResponse<String> accepted = post("/api/v1/feed", events, "Authorization", "Bearer " + writes);
        assertEquals(200, accepted.statusCode());
        assertHas(
                """
            {"type":"accepted","id":1,"count":1,"rejected":[{"index":1,"reason":"forbidden","field":"symbol"},{"index":2,"reason":"forbidden"}]}""",
                accepted.body());
        try (TestClient publisher = publisher()) {
            publisher.says(events);
            publisher.hears("""
                {"type":"error","id":1,"reason":"auth_required"}""");
            publisher.says("{\"type\":\"auth\",\"id\":2,\"token\":\"" + reads + "\"}");
            publisher.hears("""
                {"type":"authenticated","id":2}""");
            publisher.says(events);
            publisher.hears("""
                {"type":"error","id":1,"reason":"forbidden"}""");
            publisher.says("{\"type\":\"auth\",\"id\":3,\"token\":\"" + others + "\"}");
            publisher.hears("""
                {"type":"authenticated","id":3}""");
            publisher.says(events);
            // the same name and number under another token are another publisher's
            publisher.hears("""
                {"type":"accepted","id":1,"count":3,"duplicates":0}""");
        }
    }

    @Test
    void linesOverHttpAreTakenHoweverManyTheyAre() throws Exception {
        start(Map.of());
        String lines = IntStream.range(0, 3_000)
                .mapToObj(i -> i % 1_000 == 999
                        ? "{\"symbol\":\"L\",\"price\":-1,\"size\":1}"
                        : "{\"symbol\":\"L\",\"price\":1,\"size\":1}")
                .collect(Collectors.joining("\n"));
        assertTrue(lines.length() > 65_536);
        HttpResponse<String> accepted =
                post("/api/v1/feed?publisher=bulk&pseq=1", lines, "Content-Type", "application/x-ndjson");
        assertHas(
                """
            {"type":"accepted","count":2997,"duplicates":0,"next_pseq":7,
             "rejected":[{"index":999,"reason":"invalid_field","field":"price"},{"index":1999},{"index":2999}]}""",
                accepted.body());
        assertHas(
                """
            {"count":0,"duplicates":3000,"next_pseq":7}""",
                post("/api/v1/feed?publisher=bulk&pseq=1", lines, "Content-Type", "application/x-ndjson")
                        .body());
        assertHas("{\"data\":[{\"symbol\":\"L\",\"trades\":2997}]}", get("/api/v1/ticker?symbols=L"));
        HttpResponse<String> skipped =
                post("/api/v1/feed?publisher=bulk&pseq=9", lines, "Content-Type", "application/x-ndjson");
        assertEquals(400, skipped.statusCode());
        assertHas("{\"field\":\"pseq\",\"expected\":7}", skipped.body());
        assertEquals(413, post("/api/v1/feed", lines).statusCode());
    }

    @Test
    void onlyTheSymbolsThatAreSetMayBePublished() throws Exception {
        start(Map.of(Setting.PUBLISH_SYMBOLS, "DESK.*"));
        assertHas(
                """
            {"count":1,"rejected":[{"index":1,"reason":"forbidden","field":"symbol"}]}""",
                post(
                                "/api/v1/feed",
                                """
            {"type":"publish","data":[{"symbol":"DESK.A","price":1,"size":1},{"symbol":"X","price":1,"size":1}]}""")
                        .body());
    }

    @Test
    void whoFollowsAPublishedSymbolIsToldHowItsFeedIs() throws Exception {
        start(Map.of(Setting.HEARTBEAT_MS, "100"));
        assertFalse(get("/health/ready").contains("published"));
        post("/api/v1/feed", """
            {"type":"publish","data":[{"symbol":"X","price":1,"size":1}]}""");
        assertTrue(get("/health/ready").contains("\"feed\":\"published\",\"state\":\"live\""));
        try (TestClient client = TestClient.dial(service.ticker()).connect()) {
            client.says("""
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["X"]}""");
            client.await(
                    "a heartbeat of the published feed",
                    message ->
                            message.type().equals("heartbeat") && message.text().contains("\"feed\":\"live\""));
        }
    }
}
