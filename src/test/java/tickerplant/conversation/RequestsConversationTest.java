package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;
import tickerplant.server.TestService;

/** What a client may ask beside following: on the real service, every message judged by the checker. */
class RequestsConversationTest {
    private final Observatory observatory = new Observatory();
    private final Play play = new Play(
            observatory, named("AAPL", "Apple Inc."), named("APP", "AppLovin Corp."), named("MSFT", "Microsoft"));
    private TestService service;

    private static Listed named(String symbol, String name) {
        Instrument instrument = new Instrument(new Symbol(symbol), name, "USD", "XNAS", 2, 0, ZoneOffset.UTC);
        return new Listed(instrument, "test", 10_000, 1);
    }

    @BeforeEach
    void start() throws IOException, InterruptedException {
        service = TestService.with(play.feed());
    }

    @AfterEach
    void stop() {
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        service.close();
    }

    private TestClient client() throws IOException {
        return TestClient.dial(service.ticker())
                .checkedBy(observatory.observer("client"))
                .connect();
    }

    private static String get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void symbolsAreFoundBySymbolAndByName() throws IOException {
        try (TestClient client = client()) {
            client.hears("""
                {"type":"welcome"}""");
            client.says("""
                {"type":"symbols","id":6,"query":"app","limit":20}""");
            client.hears(
                    """
                {"type":"symbols","id":6,"data":[
                 {"symbol":"APP","name":"AppLovin Corp.","currency":"USD","exchange":"XNAS"},
                 {"symbol":"AAPL","name":"Apple Inc.","currency":"USD","exchange":"XNAS"}]}""");
            client.says("""
                {"type":"symbols","id":7,"query":"mircosoft"}""");
            client.hears("""
                {"type":"symbols","id":7,"data":[{"symbol":"MSFT"}]}""");
            client.says("""
                {"type":"symbols","id":8,"query":"","limit":1}""");
            client.hears("""
                {"type":"symbols","id":8,"data":[{"symbol":"AAPL"}]}""");
        }
    }

    @Test
    void aSearchThatMakesNoSenseIsRefusedByField() throws IOException {
        try (TestClient client = client()) {
            client.hears("""
                {"type":"welcome"}""");
            client.says("""
                {"type":"symbols","id":1}""");
            client.hears("""
                {"type":"error","id":1,"reason":"invalid_field","field":"query"}""");
            client.says("""
                {"type":"symbols","id":2,"query":"%s"}""".formatted("x".repeat(65)));
            client.hears("""
                {"type":"error","id":2,"reason":"invalid_field","field":"query"}""");
            for (String limit : List.of("0", "101", "1.5", "\"3\"", "99999999999")) {
                client.says(
                        """
                    {"type":"symbols","id":3,"query":"a","limit":%s}""".formatted(limit));
                client.hears(
                        """
                    {"type":"error","id":3,"reason":"invalid_field","field":"limit",
                     "message":"limit must be a whole number between 1 and 100"}""");
            }
        }
    }

    @Test
    void whoAsksForAnUnknownSymbolIsToldWhichOnesAreNear() throws IOException, InterruptedException {
        try (TestClient client = client()) {
            client.hears("""
                {"type":"welcome"}""");
            client.says(
                    """
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["MSFT","appl","QQQQ","MSTF*"]}""");
            client.hears(
                    """
                {"type":"subscribed","id":1,"symbols":["MSFT","MSTF*"],"total":1,"rejected":[
                 {"symbol":"APPL","code":404,"reason":"unknown_symbol","did_you_mean":["AAPL","APP"]},
                 {"symbol":"QQQQ","code":404,"reason":"unknown_symbol"}]}""");
            client.hears("""
                {"type":"snapshot","data":[{"symbol":"MSFT"}]}""");
        }
        String answer = get(service.http("/api/v1/ticker?symbols=MSFT,%20appl"));
        assertTrue(
                answer.contains("\"code\":404,\"reason\":\"unknown_symbol\",\"did_you_mean\":[\"AAPL\",\"APP\"]"),
                answer);
    }

    @Test
    void ofAListThatIsAllWrongTheFirstFewAreLookedUp() throws IOException {
        try (TestClient client = client()) {
            String answer = client.request(
                            """
                {"type":"subscribe","id":1,"channel":"ticker","symbols":
                 ["AAPLA","AAPLB","AAPLB","AAPLC","AAPLD","AAPLE","AAPLF","AAPLG"]}""")
                    .text();
            assertEquals(8, answer.split("unknown_symbol", -1).length - 1, answer);
            assertEquals(
                    6, answer.split("did_you_mean", -1).length - 1, "five, one of them asked for twice: " + answer);
        }
    }

    @Test
    void anAlertIsToldOnceAndThenGone() throws IOException {
        try (TestClient client = client()) {
            client.hears("""
                {"type":"welcome"}""");
            client.says(
                    """
                {"type":"alert","id":8,"symbol":"aapl","field":"last","op":"crosses","value":190}""");
            client.hears("""
                {"type":"alert_set","id":8,"alert":"a-1"}""");
            play.plays(
                    trade("AAPL", 18_999, 100, 1_000),
                    trade("AAPL", 19_100, 100, 2_000),
                    trade("AAPL", 18_998, 1, 3_000));
            client.hears(
                    """
                {"type":"alert","alert":"a-1","symbol":"AAPL","value":191,"seq":2,"ts":2}""");
            client.says("""
                {"type":"unalert","id":9,"alert":"a-1"}""");
            client.hears(
                    """
                {"type":"error","id":9,"code":404,"reason":"not_found","field":"alert"}""");
            client.says(
                    """
                {"action":"alert","id":10,"symbol":"AAPL","field":"volume","op":"above","value":1e6,"from_seq":0}""");
            client.hears("""
                {"type":"alert_set","id":10,"alert":"a-2"}""");
            client.says("""
                {"type":"unalert","id":11,"alert":"a-2"}""");
            client.hears("""
                {"type":"alert_removed","id":11,"alert":"a-2"}""");
        }
    }

    @Test
    void whoComesBackHearsOfTheEventThatHisAlertHasMissed() throws IOException {
        try (TestClient client = client()) {
            client.request("""
                {"type":"subscribe","id":1,"channel":"trades","symbols":["AAPL"]}""");
            play.plays(
                    trade("AAPL", 18_999, 100, 1_000),
                    trade("AAPL", 19_100, 100, 2_000),
                    trade("AAPL", 19_200, 100, 3_000),
                    trade("AAPL", 18_998, 1, 4_000));
            client.await("the last trade", message -> message.text().contains("189.98"));
            assertEquals(
                    """
                {"type":"alert_set","id":8,"alert":"a-1","judged_from":1}""",
                    client.request(
                                    """
                {"type":"alert","id":8,"symbol":"AAPL","field":"last","op":"above","value":190.5,"from_seq":1}""")
                            .text());
            assertEquals(
                    """
                {"type":"alert","alert":"a-1","symbol":"AAPL","value":191,"seq":2,"ts":2}""",
                    client.await("the alert", message -> message.type().equals("alert"))
                            .text());
        }
    }

    @Test
    void anAlertThatMakesNoSenseIsRefusedByField() throws IOException {
        String good =
                """
            {"type":"alert","id":1,"symbol":"AAPL","field":"last","op":"above","value":190,"from_seq":0}""";
        record Wrong(String part, String instead, String field) {}
        List<Wrong> wrongs = List.of(
                new Wrong("\"AAPL\"", "\"<b>\"", "symbol"),
                new Wrong("\"AAPL\"", "[\"AAPL\"]", "symbol"),
                new Wrong("\"last\"", "\"name\"", "field"),
                new Wrong("\"above\"", "\"over\"", "op"),
                new Wrong("\"above\"", "null", "op"),
                new Wrong("190", "\"190\"", "value"),
                new Wrong("190", "1e999999999", "value"),
                new Wrong("190", "1e99999999999999", "value"),
                new Wrong("\"from_seq\":0", "\"from_seq\":-1", "from_seq"),
                new Wrong("\"from_seq\":0", "\"from_seq\":1.5", "from_seq"),
                new Wrong("\"from_seq\":0", "\"from_seq\":9223372036854775808", "from_seq"),
                new Wrong("\"above\",\"value\":190", "\"moves_pct\",\"value\":0", "value"));
        for (Wrong wrong : wrongs) {
            try (TestClient client = client()) {
                client.hears("""
                    {"type":"welcome"}""");
                client.says(good.replace(wrong.part(), wrong.instead()));
                client.hears(
                        """
                    {"type":"error","id":1,"code":400,"reason":"invalid_field","field":"%s"}"""
                                .formatted(wrong.field()));
            }
        }
        try (TestClient client = client()) {
            client.hears("""
                {"type":"welcome"}""");
            client.says(good.replace("last", "bid").replace("above", "moves_pct"));
            client.hears("""
                {"type":"error","id":1,"reason":"invalid_field","field":"field"}""");
            client.says("""
                {"op":"alert","id":1,"symbol":"AAPL","field":"last","value":190}""");
            client.hears("""
                {"type":"error","id":1,"reason":"invalid_field","field":"op"}""");
            client.says(good.replace("AAPL", "APPL"));
            client.hears(
                    """
                {"type":"error","id":1,"code":404,"reason":"unknown_symbol","field":"symbol",
                 "message":"symbol APPL is not known, did you mean AAPL or APP?"}""");
        }
    }

    @Test
    void theSameSearchIsAnsweredOverHttp() throws IOException, InterruptedException {
        String found = get(service.http("/api/v1/symbols?q=aplpe"));
        assertTrue(found.startsWith("{\"data\":[{\"symbol\":\"AAPL\",\"name\":\"Apple Inc.\""), found);

        String refused = get(service.http("/api/v1/symbols?q=" + "x".repeat(65)));
        assertTrue(refused.contains("\"reason\":\"invalid_field\"") && refused.contains("\"field\":\"q\""), refused);
    }
}
