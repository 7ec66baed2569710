package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.oddLot;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Checker;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.Cancel;
import tickerplant.market.Clock;
import tickerplant.market.Event;
import tickerplant.market.Symbol;
import tickerplant.server.TestService;

/** Bars on the real service, every message judged by the checker. */
class BarsConversationTest {
    private static final long NOON = 1_767_268_800_000_000L;
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;

    private final Observatory observatory = new Observatory();
    private final Play play = Play.ofOldTimes(observatory, listed("AAPL", 18_800), listed("MSFT", 40_000));
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

    private TestClient dial(Checker checker) throws IOException {
        return TestClient.dial(service.ticker())
                .subprotocol("tickerplant.v1")
                .checkedBy(checker)
                .connect();
    }

    @Test
    void aBarGrowsWithItsTradesAndIsFinalWhenItsTimeIsOver() throws IOException {
        try (TestClient client = observer("client")) {
            client.hears(
                    """
                {"type":"welcome","channels":["ticker","trades","status","news","bars"],"intervals":["1s","1m","5m","15m","1h","1d"]}""");
            client.says(
                    """
                {"type":"subscribe","id":1,"channel":"bars","interval":"1m","symbols":["aapl"]}""");
            client.hears(
                    """
                {"type":"subscribed","id":1,"channel":"bars","interval":"1m","symbols":["AAPL"],"total":1}""");
            client.hears(
                    """
                {"type":"snapshot","channel":"bars","end":true,"data":[{"symbol":"AAPL","interval":"1m","seq":0}]}""");
            play.plays(trade("AAPL", 18_932, 100, NOON + SECOND));
            client.hears(
                    """
                {"type":"update","channel":"bars","data":[{"symbol":"AAPL","interval":"1m","seq":1,"start":1767268800000,
                 "open":189.32,"high":189.32,"low":189.32,"close":189.32,"volume":100,"vwap":189.32,"trades":1,"final":false}]}""");
            play.plays(oddLot("AAPL", 19_000, 50, NOON + 2 * SECOND));
            client.hears(
                    """
                {"type":"update","data":[{"seq":2,"high":189.32,"volume":150,"vwap":189.546667,"trades":2,"final":false}]}""");
            play.plays(trade("MSFT", 40_100, 100, NOON + MINUTE));
            client.hears(
                    """
                {"type":"update","data":[{"symbol":"AAPL","seq":3,"start":1767268800000,"volume":150,"final":true}]}""");
        }
    }

    @Test
    void lateTradesAndTradesTakenBackCorrectFinalBars() throws IOException {
        try (TestClient client = observer("client")) {
            client.request(
                    """
                {"type":"subscribe","id":1,"channel":"bars","interval":"1m","symbols":["AAPL"]}""");
            client.request("""
                {"type":"subscribe","id":2,"channel":"trades","symbols":["AAPL"]}""");
            play.plays(
                    trade("AAPL", 18_900, 100, NOON),
                    trade("AAPL", 18_910, 100, NOON + MINUTE),
                    trade("AAPL", 25_000, 100, NOON + 1));
            client.await(
                    "the corrected bar",
                    message -> message.text().contains("\"seq\":4,\"start\":1767268800000,\"open\":189,\"high\":250,")
                            && message.text().contains("\"trades\":2,\"final\":true"));
            play.plays(new Cancel(new Symbol("AAPL"), "t" + (NOON + 1), NOON + MINUTE + 1));
            client.await("the bar as it was before", message -> message.text()
                    .contains("\"seq\":5,\"start\":1767268800000,\"open\":189,\"high\":189,"));
            try (TestClient late = observer("late")) {
                late.request(
                        """
                    {"type":"subscribe","id":1,"channel":"bars","interval":"1m","symbols":["A*"]}""");
                late.hears(
                        """
                    {"type":"snapshot","data":[{"symbol":"AAPL","seq":5,"start":1767268860000,"close":189.1,"final":false}]}""");
            }
        }
    }

    @Test
    void barsOfAnIntervalAreFollowedAndLeftByThemselves() throws IOException {
        try (TestClient client = observer("client")) {
            client.request(
                    """
                {"type":"subscribe","id":1,"channel":"bars","interval":"1s","symbols":["AAPL"]}""");
            client.request(
                    """
                {"type":"subscribe","id":2,"channel":"bars","interval":"1d","symbols":["*"]}""");
            client.says("""
                {"type":"subscriptions","id":3}""");
            client.await(
                    "both",
                    message -> message.text()
                            .contains(
                                    """
                        "data":[{"channel":"bars","interval":"1s","symbols":["AAPL"]},{"channel":"bars","interval":"1d","symbols":["*"]}]"""));
            client.request("""
                {"type":"unsubscribe","id":4,"channel":"bars","interval":"1s"}""");
            play.plays(trade("AAPL", 18_900, 100, NOON));
            client.await("the day", message -> message.text().contains("\"interval\":\"1d\",\"seq\":1,"));
            String answer = client.request("""
                {"type":"unsubscribe","id":5,"channel":"bars"}""")
                    .text();
            assertEquals(
                    """
                {"type":"unsubscribed","id":5,"channel":"bars","symbols":["*"],"total":0}""",
                    answer);
        }
    }

    @Test
    void anIntervalThatIsMissingOrUnknownIsComplainedAbout() throws IOException {
        try (TestClient client = observer("client")) {
            client.hears("""
                {"type":"welcome"}""");
            client.says("""
                {"type":"subscribe","id":1,"channel":"bars","symbols":["AAPL"]}""");
            client.hears(
                    """
                {"type":"error","id":1,"code":400,"reason":"invalid_field","field":"interval",
                 "message":"interval must be one of 1s, 1m, 5m, 15m, 1h, 1d"}""");
            client.says(
                    """
                {"type":"subscribe","id":2,"channel":"bars","interval":"2m","symbols":["AAPL"]}""");
            client.hears(
                    """
                {"type":"error","id":2,"code":404,"reason":"unknown_interval","field":"interval"}""");
            client.says("""
                {"type":"unsubscribe","id":3,"channel":"bars","symbols":["AAPL"]}""");
            client.hears("""
                {"type":"error","id":3,"reason":"invalid_field","field":"interval"}""");
            client.says(
                    """
                {"type":"subscribe","id":4,"channel":"ticker","interval":"2m","symbols":["AAPL"]}""");
            client.hears("""
                {"type":"subscribed","id":4,"channel":"ticker","symbols":["AAPL"]}""");
        }
    }

    @Test
    void inALiveFeedTheClockClosesBars() throws Exception {
        service.close();
        Play live = new Play(observatory, listed("LIVE", 100));
        service = TestService.with(live.feed());
        try (TestClient client = observer("client")) {
            client.request(
                    """
                {"type":"subscribe","id":1,"channel":"bars","interval":"1s","symbols":["LIVE"]}""");
            live.plays(trade("LIVE", 101, 100, Clock.SYSTEM.micros()));

            client.await(
                    "the end of the second",
                    message -> message.text().contains("\"seq\":2,")
                            && message.text().contains("\"final\":true"));
        }
    }

    @Test
    void whoComesBackHearsEveryFinalBarAndTheOpenOneMerged() throws IOException {
        Checker before = observatory.checker("before");
        Checker after = observatory.checker("after");
        after.resumes(before);
        String epoch = service.tickerplant().sessions().epoch();
        try (TestClient observer = observer("observer")) {
            observer.request("""
                {"type":"subscribe","id":1,"channel":"trades","symbols":["AAPL"]}""");
            observer.request(
                    """
                {"type":"subscribe","id":2,"channel":"bars","interval":"1m","symbols":["AAPL"]}""");
            try (TestClient client = dial(before)) {
                client.request(
                        """
                    {"type":"subscribe","id":1,"channel":"bars","interval":"1m","symbols":["AAPL"]}""");
                play.plays(trade("AAPL", 18_900, 100, NOON));
                client.await("the first row", message -> message.text().contains("\"seq\":1,"));
            }
            play.plays(
                    trade("AAPL", 18_910, 100, NOON + SECOND),
                    trade("AAPL", 18_905, 100, NOON + 2 * SECOND),
                    trade("AAPL", 18_920, 100, NOON + MINUTE),
                    trade("AAPL", 18_930, 100, NOON + MINUTE + SECOND));
            observer.await("all of it", message -> message.text().contains("\"seq\":6,"));
            try (TestClient client = dial(after)) {
                client.says(
                        """
                    {"type":"subscribe","id":1,"channel":"bars","interval":"1m","symbols":["AAPL"],
                     "resume":{"epoch":"%s","seq":{"AAPL":1}}}"""
                                .formatted(epoch));
                client.hears("""
                    {"type":"welcome"}""");
                client.hears(
                        """
                    {"type":"subscribed","id":1,"interval":"1m","seq":{"AAPL":6},"recovery":{"AAPL":"merged"}}""");
                client.hears(
                        """
                    {"type":"update","channel":"bars","data":[
                     {"symbol":"AAPL","interval":"1m","seq":3,"n":2,"high":189.1,"close":189.05,"final":false},
                     {"symbol":"AAPL","interval":"1m","seq":4,"high":189.1,"close":189.05,"final":true},
                     {"symbol":"AAPL","interval":"1m","seq":6,"n":2,"open":189.2,"close":189.3,"final":false}]}""");
                play.plays(trade("AAPL", 18_940, 100, NOON + MINUTE + 2 * SECOND));
                client.hears("""
                    {"type":"update","data":[{"seq":7,"close":189.4,"trades":3}]}""");
                observer.await("the last", message -> message.text().contains("\"seq\":7,"));
            }
        }
    }

    /** The checker holds each row against the trades that the observers heard. */
    @Test
    void anyRunOfTradesGivesBarsThatTheCheckerFindsNoFaultWith() throws IOException {
        long seed = 20_260_101;
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        List<Event> ids = new ArrayList<>();
        long now = NOON;
        for (int i = 0; i < 2_000; i++) {
            now += 1 + random.nextLong(400_000);
            long ts = now - (random.nextInt(10) == 0 ? random.nextLong(MINUTE) : 0);
            if (random.nextInt(20) == 0 && !ids.isEmpty()) {
                Event taken = ids.remove(Math.max(0, ids.size() - 1 - random.nextInt(20)));
                events.add(new Cancel(taken.symbol(), "t" + taken.ts(), now));
                continue;
            }
            Event event = random.nextInt(6) == 0
                    ? oddLot("AAPL", 18_000 + i, 1 + random.nextLong(99), ts)
                    : trade("AAPL", 18_000 + i, 100, ts);
            ids.add(event);
            events.add(event);
        }
        events.add(trade("AAPL", 30_000, 1, now + MINUTE));
        try (TestClient early = observer("early");
                TestClient late = observer("late")) {
            early.request("""
                {"type":"subscribe","id":1,"channel":"trades","symbols":["AAPL"]}""");
            for (String interval : List.of("1s", "1m", "5m", "15m", "1h", "1d")) {
                early.request("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"bars\",\"interval\":\"" + interval
                        + "\",\"symbols\":[\"AAPL\"]}");
            }
            play.plays(events.subList(0, 1_000).toArray(Event[]::new));
            for (String interval : List.of("1s", "1m", "1h")) {
                late.request("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"bars\",\"interval\":\"" + interval
                        + "\",\"symbols\":[\"*\"]}");
            }
            play.plays(events.subList(1_000, events.size()).toArray(Event[]::new));
            for (TestClient client : List.of(early, late)) {
                client.await(
                        "the last bar, seed " + seed,
                        message -> message.text().contains("\"interval\":\"1m\"")
                                && message.text().contains("\"open\":300,"));
            }
            early.await("the last trade", message -> message.text().contains("\"price\":300,"));
        }
    }
}
