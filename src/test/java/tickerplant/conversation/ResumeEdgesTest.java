package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** Where exactly what is remembered ends: a hundred trades are, of a hundred and fifty. */
@Timeout(60)
class ResumeEdgesTest {
    private static final int TRADES = 150;
    private static final int REMEMBERED = 100;

    private final Observatory observatory = new Observatory();
    private Play play;
    private TestService service;
    private TestClient observer;
    private long price = 18_800;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        play = new Play(observatory, listed("AAPL", 18_800));
        service = TestService.with(Map.of(Setting.HISTORY_ROWS, Integer.toString(REMEMBERED)), play.feed());
        observer = connect("observer");
        observer.request("""
            {"type":"subscribe","id":1,"channel":"trades","symbols":["AAPL"]}""");
        for (int i = 0; i < TRADES; i++) {
            trades();
        }
        isHeard(observer);
    }

    @AfterEach
    void stop() {
        observer.close();
        service.close();
    }

    private TestClient connect(String name) throws IOException {
        return TestClient.dial(service.ticker())
                .checkedBy(name.equals("observer") ? observatory.observer(name) : observatory.checker(name))
                .connect();
    }

    private void trades() {
        price++;
        play.plays(trade("AAPL", price, 100, price));
    }

    private void isHeard(TestClient who) {
        String last = "\"seq\":" + (price - 18_800) + ",";
        who.await(last, message -> message.text().contains(last));
    }

    @ParameterizedTest
    @CsvSource({
        "150, replayed, head",
        "149, replayed, one before it",
        "50, replayed, edge",
        "49, partial, one past the edge",
        "0, partial, beginning"
    })
    void whatIsRememberedIsReplayedAndOneMoreIsSaidToBeMissing(long seq, String recovery, String where)
            throws IOException {
        try (TestClient client = connect("client")) {
            Message answer = client.request(
                    """
                {"type":"subscribe","id":1,"channel":"trades","symbols":["AAPL"],"resume":{"epoch":"%s","seq":{"AAPL":%d}}}"""
                            .formatted(service.tickerplant().sessions().epoch(), seq));
            trades();
            isHeard(client);
            isHeard(observer);

            assertTrue(answer.text().contains("\"recovery\":{\"AAPL\":\"" + recovery + "\"}"), answer.text());
            String gap = "\"from\":" + (seq + 1) + ",\"to\":" + (TRADES - REMEMBERED);
            assertEquals(
                    recovery.equals("partial"),
                    client.heard().stream().anyMatch(message -> message.text().contains(gap)),
                    where);
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }
}
