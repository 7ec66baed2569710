package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.quote;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.Cancel;
import tickerplant.market.Listed;
import tickerplant.market.Phase;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.server.TestService;

/** Feed plays, client says, client hears: on the real service, every message judged by the checker. */
class TickerConversationTest {
    private final Observatory observatory = new Observatory();
    private final Play play =
            new Play(observatory, listed("AAPL", 18_800), listed("MSFT", 40_000), listed("MSTR", 30_000));
    private TestService service;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        service = TestService.with(play.feed());
    }

    @AfterEach
    void stop() {
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        service.close();
    }

    private TestClient observer(String name) throws IOException {
        return TestClient.dial(service.ticker())
                .subprotocol("tickerplant.v1")
                .checkedBy(observatory.observer(name))
                .connect();
    }

    @Test
    void aLateSubscriberHearsTheLastValueFirstAndThenEveryChange() throws IOException {
        try (TestClient early = observer("early");
                TestClient late = observer("late")) {
            early.hears("""
                {"type":"welcome","protocol":"tickerplant.v1","auth":"none"}""");
            early.says("""
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["AAPL"]}""");
            early.hears(
                    """
                {"type":"subscribed","id":1,"channel":"ticker","symbols":["AAPL"],"total":1}""");
            early.hears(
                    """
                {"type":"snapshot","end":true,"data":[{"symbol":"AAPL","seq":0,"prev_close":188}]}""");
            play.plays(trade("AAPL", 18_932, 100, 1_767_225_600_120_482L));
            early.hears(
                    """
                {"type":"update","channel":"ticker","data":[{"symbol":"AAPL","seq":1,"last":189.32,"last_size":100,
                 "open":189.32,"change":1.32,"change_pct":0.7,"volume":100,"trades":1,"ts":1767225600120.482}]}""");

            late.hears("""
                {"type":"welcome"}""");
            late.says("""
                {"type":"subscribe","id":"x","channel":"ticker","symbols":["aapl"]}""");
            late.hears("""
                {"type":"subscribed","id":"x","symbols":["AAPL"]}""");
            late.hears(
                    """
                {"type":"snapshot","data":[{"symbol":"AAPL","seq":1,"name":"AAPL Inc.","currency":"USD","last":189.32}]}""");
            play.plays(quote("AAPL", 18_931, 18_933, 2));
            late.hears(
                    """
                {"type":"update","data":[{"symbol":"AAPL","seq":2,"bid":189.31,"bid_size":100,"ask":189.33}]}""");
        }
    }

    @Test
    void aTradeTakenBackIsToldInBothChannels() throws IOException {
        try (TestClient client = observer("client")) {
            client.request("""
                {"type":"subscribe","id":1,"channel":"trades","symbols":["AAPL"]}""");
            client.request("""
                {"type":"subscribe","id":2,"channel":"ticker","symbols":["AAPL"]}""");
            play.plays(
                    trade("AAPL", 18_900, 100, 1),
                    trade("AAPL", 25_000, 100, 2),
                    new Cancel(new Symbol("AAPL"), "t2", 3));

            client.await("the cancel", message -> message.text().contains("\"seq\":3,\"cancels\":2"));
            client.await("the day without it", message -> message.text().contains("\"high\":189,"));
        }
    }

    @Test
    void haltsAreToldToThoseWhoFollowTheStatus() throws IOException {
        try (TestClient client = observer("client")) {
            client.request("""
                {"type":"subscribe","id":1,"channel":"status","symbols":["M*"]}""");
            client.hears(
                    """
                {"type":"snapshot","channel":"status","data":[{"symbol":"MSFT","seq":0},{"symbol":"MSTR","seq":0}]}""");
            play.plays(new Status(new Symbol("MSFT"), Phase.HALTED, "news pending", 5_000));
            client.hears(
                    """
                {"type":"update","channel":"status","data":[
                 {"symbol":"MSFT","seq":1,"phase":"halted","reason":"news pending","ts":5}]}""");
        }
    }

    @Test
    void whatIsUnsubscribedIsNotHeardAnyMore() throws IOException {
        try (TestClient client = observer("client")) {
            client.request("""
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["*"]}""");
            client.request("""
                {"type":"unsubscribe","id":2,"channel":"ticker","symbols":["*"]}""");
            play.plays(trade("AAPL", 18_900, 100, 1));
            client.request("""
                {"type":"subscribe","id":3,"channel":"ticker","symbols":["MS*"]}""");
            play.plays(trade("AAPL", 18_901, 100, 2), trade("MSTR", 30_100, 100, 3));
            client.await(
                    "a change of MSTR",
                    message -> message.type().equals("update") && message.text().contains("MSTR"));

            String entries = client.request("""
                {"type":"subscriptions","id":4}""")
                    .text();
            assertTrue(entries.contains("\"data\":[{\"channel\":\"ticker\",\"symbols\":[\"MS*\"]}]"), entries);
        }
    }

    @Test
    void aHeartbeatTellsHowOldTheFeedIs() throws IOException {
        try (TestClient client = observer("client")) {
            play.plays(trade("AAPL", 18_900, 100, 1));
            client.says("""
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["AAPL"]}""");
            client.await(
                    "a heartbeat",
                    message -> message.type().equals("heartbeat")
                            && message.text().contains("\"feed\":\"live\",\"feed_age_ms\":"));
        }
    }

    @Test
    void whenTheServerStopsEveryClientHearsSoBeforeTheEnd() throws IOException {
        try (TestClient client = observer("client")) {
            client.hears("""
                {"type":"welcome"}""");
            service.close();
            client.hears("""
                {"type":"goaway","reason":"shutdown"}""");
            assertEquals(1001, client.awaitClosing().code());
        }
    }

    @Test
    void aThousandSymbolsAreToldInAsManyFramesAsItTakes() throws Exception {
        service.close();
        Listed[] many = new Listed[1_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = listed("S" + i, 10_000 + i);
        }
        service = TestService.with(new Play(observatory, many).feed());
        try (TestClient client = observer("client")) {
            client.request("""
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["*"]}""");
            client.await("the end", message -> message.text().contains("\"end\":true"));

            List<Integer> rows = client.heard().stream()
                    .filter(message -> message.type().equals("snapshot"))
                    .map(message -> message.rows().size())
                    .toList();
            assertTrue(rows.size() > 1, rows.toString());
            assertEquals(1_000, rows.stream().mapToInt(Integer::intValue).sum());
        }
    }
}
