package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.Cancel;
import tickerplant.market.Clock;
import tickerplant.market.Symbol;
import tickerplant.server.TestService;
import tickerplant.service.Setting;
import tickerplant.service.Tokens;

/** What was, asked of the real service; rows that are told again are held against what they were when they were told first. */
class HistoryConversationTest {
    private static final long NOON = 1_767_268_800_000_000L;
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;

    private final Observatory observatory = new Observatory();
    private final Play play = Play.ofOldTimes(observatory, listed("AAPL", 18_800), listed("MSFT", 40_000));
    private TestService service;

    private TestClient client(Map<Setting, String> settings, String token) throws IOException, InterruptedException {
        service = TestService.with(settings, play.feed());
        TestClient.Dial dial = TestClient.dial(service.ticker()).checkedBy(observatory.observer("client"));
        return (token.isEmpty() ? dial : dial.header("Authorization", "Bearer " + token)).connect();
    }

    private TestClient client() throws IOException, InterruptedException {
        return client(Map.of(), "");
    }

    @AfterEach
    void stop() {
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        service.close();
    }

    /** Five trades in two minutes, one of which is taken back; returns once another client has heard of all of them. */
    private void playTrades(TestClient client) throws IOException {
        client.hears("""
            {"type":"welcome"}""");
        try (TestClient follower = TestClient.dial(service.ticker())
                .checkedBy(observatory.observer("follower"))
                .connect()) {
            follower.request(
                    """
                {"type":"subscribe","id":"t","channel":"trades","symbols":["AAPL"]}""");
            follower.request(
                    """
                {"type":"subscribe","id":"b","channel":"bars","interval":"1m","symbols":["AAPL"]}""");
            play.plays(
                    trade("AAPL", 18_900, 100, NOON),
                    trade("AAPL", 18_910, 100, NOON + SECOND),
                    trade("AAPL", 18_920, 100, NOON + MINUTE),
                    trade("AAPL", 18_930, 100, NOON + MINUTE + SECOND),
                    new Cancel(new Symbol("AAPL"), "t" + (NOON + SECOND), NOON + MINUTE + 2 * SECOND),
                    trade("AAPL", 18_940, 100, NOON + 2 * MINUTE));
            follower.await("the last bar", message -> message.text().contains("\"close\":189.4,"));
            follower.await("the last trade", message -> message.text().contains("\"price\":189.4,"));
        }
    }

    private static String answer(TestClient client, String request) {
        return client.request(request).text().replaceFirst("\"epoch\":\"[^\"]*\",", "");
    }

    @Test
    void tradesComeAsTheyWerePageByPage() throws IOException, InterruptedException {
        try (TestClient client = client()) {
            playTrades(client);
            assertEquals(
                    "{\"type\":\"history\",\"id\":1,\"channel\":\"trades\",\"symbol\":\"AAPL\",\"data\":["
                            + "{\"symbol\":\"AAPL\",\"seq\":4,\"price\":189.3,\"size\":100,\"id\":\"t1767268861000000\","
                            + "\"ts\":1767268861000},"
                            + "{\"symbol\":\"AAPL\",\"seq\":5,\"cancels\":2,\"ts\":1767268862000}],\"next\":5}",
                    answer(
                            client,
                            """
                            {"type":"history","id":1,"channel":"trades","symbol":"aapl","after_seq":3,"limit":2}"""));
            client.says(
                    """
                {"type":"history","id":2,"channel":"trades","symbol":"AAPL","after_seq":5,"limit":2}""");
            client.hears("""
                {"type":"history","id":2,"data":[{"seq":6,"price":189.4}]}""");
            assertEquals(
                    "{\"type\":\"history\",\"id\":3,\"channel\":\"trades\",\"symbol\":\"AAPL\",\"data\":[]}",
                    answer(
                            client,
                            """
                    {"type":"history","id":3,"channel":"trades","symbol":"AAPL","after_seq":6}"""));
            assertEquals(
                    "{\"type\":\"history\",\"id\":4,\"channel\":\"trades\",\"symbol\":\"MSFT\",\"data\":[]}",
                    answer(
                            client,
                            """
                    {"type":"history","id":4,"channel":"trades","symbol":"MSFT"}"""));
        }
    }

    @Test
    void aSpanOfTimeHasWhatHappenedFromItsBeginningAndBeforeItsEnd() throws IOException, InterruptedException {
        try (TestClient client = client()) {
            playTrades(client);
            client.says(
                    """
                {"type":"history","id":1,"channel":"trades","symbol":"AAPL","from":1767268801000,"to":1767268861000}""");
            client.hears("""
                {"type":"history","id":1,"data":[{"seq":2},{"seq":3}]}""");
            client.says(
                    """
                {"type":"history","id":2,"channel":"trades","symbol":"AAPL","from":1767268801000.001,"to":253402300799999}""");
            client.hears(
                    """
                {"type":"history","id":2,"data":[{"seq":3},{"seq":4},{"seq":5},{"seq":6}]}""");
            assertFalse(answer(
                            client,
                            """
                    {"type":"history","id":3,"channel":"trades","symbol":"AAPL","from":253402300799999,"to":253402300799999}""")
                    .contains("seq"));
        }
    }

    @Test
    void barsComeOnceEachAsTheyWereLastTold() throws IOException, InterruptedException {
        try (TestClient client = client()) {
            playTrades(client);
            client.says(
                    """
                {"type":"history","id":1,"channel":"bars","interval":"1m","symbol":"AAPL","limit":2}""");
            client.hears(
                    """
                {"type":"history","id":1,"channel":"bars","interval":"1m","symbol":"AAPL","next":1767268920000,"data":[
                 {"symbol":"AAPL","interval":"1m","seq":6,"start":1767268800000,"close":189,"trades":1,"final":true},
                 {"symbol":"AAPL","interval":"1m","seq":7,"start":1767268860000,"close":189.3,"trades":2,"final":true}]}""");
            client.says(
                    """
                {"type":"history","id":2,"channel":"bars","interval":"1m","symbol":"AAPL","from":1767268920000}""");
            client.hears(
                    """
                {"type":"history","id":2,"data":[{"seq":8,"start":1767268920000,"close":189.4,"final":false}]}""");
            client.says(
                    """
                {"type":"history","id":3,"channel":"bars","interval":"1m","symbol":"AAPL","after_seq":6,"to":1767268920000}""");
            client.hears("""
                {"type":"history","id":3,"data":[{"seq":7}]}""");
        }
    }

    @ParameterizedTest
    @CsvSource({"1s,5", "1m,3", "5m,1", "15m,1", "1h,1", "1d,1"})
    void everyIntervalIsRemembered(String interval, int bars) throws IOException, InterruptedException {
        try (TestClient client = client()) {
            playTrades(client);
            String answer = answer(
                    client,
                    "{\"type\":\"history\",\"id\":1,\"channel\":\"bars\",\"interval\":\"" + interval
                            + "\",\"symbol\":\"AAPL\"}");
            // the second of the trade that was taken back is told with no price left
            assertEquals(bars, answer.split("\"start\"", -1).length - 1, answer);
        }
    }

    @Test
    void whatIsForgottenIsSaid() throws IOException, InterruptedException {
        try (TestClient client = client(Map.of(Setting.HISTORY_ROWS, "2"), "")) {
            playTrades(client);
            client.says("""
                {"type":"history","id":1,"channel":"trades","symbol":"AAPL"}""");
            client.hears("""
                {"type":"history","id":1,"whole_after":4,"data":[{"seq":5},{"seq":6}]}""");
            client.says(
                    """
                {"type":"history","id":2,"channel":"trades","symbol":"AAPL","after_seq":1,"from":1767268861000,"limit":1}""");
            client.hears("""
                {"type":"history","id":2,"whole_after":4,"next":5,"data":[{"seq":5}]}""");
            for (String whole : List.of("\"after_seq\":4", "\"from\":1767268861000.001")) {
                String answer = answer(
                        client,
                        "{\"type\":\"history\",\"id\":3,\"channel\":\"trades\",\"symbol\":\"AAPL\"," + whole + "}");
                assertFalse(answer.contains("whole_after"), answer);
            }
        }
    }

    @Test
    void whatDoesNotFitIntoAFrameIsThereToBeAskedFor() throws IOException, InterruptedException {
        try (TestClient client = client(Map.of(Setting.FRAME_BYTES, "4096"), "")) {
            client.request("""
                {"type":"subscribe","id":"t","channel":"trades","symbols":["AAPL"]}""");
            for (int i = 0; i < 200; i++) {
                play.plays(trade("AAPL", 18_900 + i, 100, NOON + i));
            }
            client.await("the last trade", message -> message.text().contains("\"seq\":200,"));
            long known = 0;
            int pages = 0;
            while (known < 200) {
                String page = answer(
                        client,
                        "{\"type\":\"history\",\"id\":" + ++pages
                                + ",\"channel\":\"trades\",\"symbol\":\"AAPL\",\"after_seq\":" + known + "}");
                assertFalse(page.length() > 4_096, page);
                known = page.contains("\"next\":")
                        ? Long.parseLong(page.replaceFirst(".*\"next\":([0-9]+)}", "$1"))
                        : 200;
            }
            assertEquals(6, pages);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_field|channel|\"channel\":\"ticker\",\"symbol\":\"AAPL\"",
                "invalid_field|channel|\"symbol\":\"AAPL\"",
                "unknown_channel|channel|\"channel\":\"x\",\"symbol\":\"AAPL\"",
                "invalid_field|interval|\"channel\":\"bars\",\"symbol\":\"AAPL\"",
                "unknown_interval|interval|\"channel\":\"bars\",\"interval\":\"2m\",\"symbol\":\"AAPL\"",
                "invalid_field|symbol|\"channel\":\"trades\"",
                "invalid_field|symbol|\"channel\":\"trades\",\"symbol\":[\"AAPL\"]",
                "invalid_field|symbol|\"channel\":\"trades\",\"symbol\":\"*\"",
                "unknown_symbol|symbol|\"channel\":\"trades\",\"symbol\":\"APPL\"",
                "invalid_field|from|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"from\":2,\"to\":1",
                "invalid_field|from|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"from\":-1",
                "invalid_field|from|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"from\":\"2026-01-01\"",
                "invalid_field|from|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"from\":1e999999999",
                "invalid_field|to|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"to\":253402300800000",
                "invalid_field|limit|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"limit\":1000000000",
                "invalid_field|limit|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"limit\":0",
                "invalid_field|limit|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"limit\":1.5",
                "invalid_field|after_seq|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"after_seq\":7",
                "invalid_field|after_seq|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"after_seq\":-1",
                "invalid_field|after_seq|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"after_seq\":9223372036854775808",
                "invalid_field|epoch|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"epoch\":7",
                "not_found|epoch|\"channel\":\"trades\",\"symbol\":\"AAPL\",\"epoch\":\"e-0\",\"after_seq\":7"
            })
    void whatMakesNoSenseIsRefusedByField(String expected) throws IOException, InterruptedException {
        try (TestClient client = client()) {
            playTrades(client);
            String[] parts = expected.split("\\|", 3);
            client.says("{\"type\":\"history\",\"id\":1," + parts[2] + "}");
            client.hears(
                    "{\"type\":\"error\",\"id\":1,\"reason\":\"" + parts[0] + "\",\"field\":\"" + parts[1] + "\"}");
        }
    }

    @Test
    void aTokenCoversTheHistoryOfItsChannelsAndSymbols() throws IOException, InterruptedException {
        String token = Tokens.of(
                Map.of("exp", Clock.SYSTEM.micros() / 1_000_000 + 60, "scope", "trades", "symbols", List.of("AAPL")));
        try (TestClient client = client(Map.of(Setting.AUTH, "jwt", Setting.AUTH_KEY, Tokens.SECRET), token)) {
            client.hears("""
                {"type":"welcome"}""");
            client.says("""
                {"type":"history","id":1,"channel":"trades","symbol":"AAPL"}""");
            client.hears("""
                {"type":"history","id":1,"data":[]}""");
            client.says("""
                {"type":"history","id":2,"channel":"trades","symbol":"MSFT"}""");
            client.hears("""
                {"type":"error","id":2,"reason":"forbidden","field":"symbol"}""");
            client.says(
                    """
                {"type":"history","id":3,"channel":"bars","interval":"1m","symbol":"AAPL"}""");
            client.hears("""
                {"type":"error","id":3,"reason":"forbidden","field":"channel"}""");
        }
    }
}
