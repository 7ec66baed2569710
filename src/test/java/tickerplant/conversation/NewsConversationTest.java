package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static tickerplant.market.Events.listed;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.News;
import tickerplant.market.Phase;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** News, and what concerns the whole market: on the real service, every message judged by the checker. */
class NewsConversationTest {
    private static final Symbol AAPL = new Symbol("AAPL");

    private final Observatory observatory = new Observatory();
    private final Play play = new Play(observatory, listed("AAPL", 18_800), listed("MSFT", 40_000));
    private TestService service;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        service = TestService.with(Map.of(Setting.HEARTBEAT_MS, "100"), play.feed());
    }

    @AfterEach
    void stop() {
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        service.close();
    }

    private TestClient observer(String name) throws IOException {
        return TestClient.dial(service.ticker())
                .checkedBy(observatory.observer(name))
                .connect();
    }

    @Test
    void newsOfASymbolAndOfTheWholeMarketIsToldInItsOrder() throws IOException {
        try (TestClient early = observer("early");
                TestClient late = observer("late")) {
            early.request("""
                {"type":"subscribe","id":1,"channel":"news","symbols":["AAPL"]}""");
            early.hears("""
                {"type":"snapshot","channel":"news","data":[{"symbol":"AAPL","seq":0}]}""");
            play.plays(
                    new News(AAPL, "Apples are up", "https://example.org/1", "Newswire", 1_000),
                    new News(new Symbol("MSFT"), "Windows are down", "", "", 2_000),
                    new News(Symbol.WHOLE_MARKET, "<b>Rates</b> stay \u00e9", "", "", 3_000));
            early.await("the last of them", message -> message.text().contains("Rates"));
            assertFalse(
                    early.heard().stream().anyMatch(message -> message.text().contains("Windows")));

            late.request("""
                {"type":"subscribe","id":1,"channel":"news","symbols":["*"]}""");
            late.hears(
                    """
                {"type":"snapshot","channel":"news","end":true,"data":[
                 {"symbol":"AAPL","seq":1,"headline":"Apples are up","url":"https://example.org/1","source":"Newswire","ts":1},
                 {"symbol":"MSFT","seq":1,"headline":"Windows are down","ts":2},
                 {"seq":1,"headline":"<b>Rates</b> stay \u00e9","ts":3}]}""");
            play.plays(new News(Symbol.WHOLE_MARKET, "No, they don't", "", "", 4_000));
            for (TestClient client : List.of(early, late)) {
                client.await("the correction", message -> message.text().contains("\"seq\":2,\"headline\":\"No, they"));
            }
        }
    }

    @Test
    void thePhaseOfTheMarketIsToldToSubscribersAndInHeartbeats() throws IOException {
        try (TestClient client = observer("client");
                TestClient bystander = observer("bystander")) {
            client.request("""
                {"type":"subscribe","id":1,"channel":"status","symbols":["AAPL"]}""");
            client.await(
                    "a heartbeat",
                    message -> message.type().equals("heartbeat")
                            && !message.members().containsKey("market"));
            play.plays(new Status(Symbol.WHOLE_MARKET, Phase.OPEN, "", 5_000));
            client.await(
                    "the phase", message -> message.text().contains("{\"symbol\":\"*\",\"seq\":1,\"phase\":\"open\""));
            bystander.await(
                    "a heartbeat that says so",
                    message ->
                            message.type().equals("heartbeat") && message.text().contains("\"market\":\"open\""));
            assertFalse(bystander.heard().stream()
                    .anyMatch(message -> message.type().equals("update")));
        }
    }
}
