package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tickerplant.market.Deadline.await;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSink;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.FeedStatus;
import tickerplant.feed.replay.ReplayFeed;
import tickerplant.market.Cancel;
import tickerplant.market.Clock;
import tickerplant.market.Event;
import tickerplant.market.Trade;
import tickerplant.server.TestService;

/** Real prices of an exchange, all the way from its capture to a client. */
class CaptureReplayTest {
    private static final List<String> FOLLOWED = List.of("AAPL", "AMZN", "FB", "QCOM");

    @BeforeEach
    void realDataIsThere() {
        SharedCapture.isNeeded();
    }

    private static Feed replay(String speed) {
        return ReplayFeed.of(FeedSpec.parse("replay:" + SharedCapture.CAPTURE + "?speed=" + speed), Clock.SYSTEM);
    }

    private static FeedStatus status(TestService service) {
        return service.tickerplant().feeds().statuses().get(0);
    }

    private static void awaitEnd(TestService service) {
        await("the replay has ended", () -> status(service).state() == FeedStatus.State.ENDED);
    }

    @Test
    void theWholeCaptureIsCountedAndNoTradeOrQuoteOfItRefused() throws Exception {
        try (TestService service = TestService.with(replay("max"))) {
            awaitEnd(service);
            FeedStatus status = status(service);

            assertEquals(6_390, status.trades());
            assertEquals(27_217, status.quotes());
            assertEquals(0, status.refused(), status.toString());
            assertEquals(0, status.damaged(), status.toString());
        }
    }

    /** The capture begins in the middle of a day, so it takes back trades that it never told. */
    @Test
    void onlyTradesThatTheCaptureNeverToldCannotBeTakenBack() throws Exception {
        Set<String> told = new HashSet<>();
        List<Cancel> impossible = new ArrayList<>();
        Feed feed = replay("max");
        assertEquals(7_799, feed.instruments().size());
        feed.run(new FeedSink() {
            @Override
            public void event(Event event) {
                if (event instanceof Trade trade) {
                    told.add(trade.symbol() + " " + trade.id());
                } else if (event instanceof Cancel cancel && !told.contains(cancel.symbol() + " " + cancel.tradeId())) {
                    impossible.add(cancel);
                }
            }

            @Override
            public void damaged(String place, String reason) {
                throw new AssertionError(place + ": " + reason);
            }
        });

        try (TestService service = TestService.with(replay("max"));
                TestClient client = TestClient.dial(service.ticker()).connect()) {
            awaitEnd(service);
            client.request("""
                {"type":"ping","id":"after the last event"}""");

            assertEquals(impossible.size(), service.tickerplant().refused());
        }
    }

    @Test
    void aClientGetsEveryTradeFromItsOwnSequenceOnDigitForDigit() throws Exception {
        Observatory observatory = new Observatory();
        try (TestService service = TestService.with(replay("60"));
                TestClient client = TestClient.dial(service.ticker())
                        .subprotocol("tickerplant.v1")
                        .checkedBy(observatory.checker("client"))
                        .connect()) {
            client.request(
                    """
                {"type":"subscribe","id":1,"channel":"trades","symbols":["AAPL","AMZN","FB","QCOM"]}""");
            client.request(
                    """
                {"type":"subscribe","id":2,"channel":"ticker","symbols":["AAPL","AMZN","FB","QCOM"]}""");
            awaitEnd(service);
            client.says("""
                {"type":"ping","id":3}""");
            client.await(
                    "the answer after the last row", message -> message.type().equals("pong"));

            Map<String, List<String[]>> trades = SharedCapture.trades();
            Map<String, Long> last = new HashMap<>();
            for (Message message : client.heard()) {
                if (message.text().contains("\"channel\":\"trades\"")) {
                    compare(message, trades, last);
                }
            }
            for (String symbol : FOLLOWED) {
                assertEquals(trades.get(symbol).size(), last.get(symbol), symbol);
            }
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }

    private static void compare(Message message, Map<String, List<String[]>> trades, Map<String, Long> last) {
        for (Map<String, Object> row : message.rows()) {
            String symbol = row.get("symbol").toString();
            long seq = ((BigDecimal) row.get("seq")).longValueExact();
            if (message.type().equals("update")) {
                assertEquals(last.get(symbol) + 1, seq, symbol);
            }
            last.put(symbol, seq);
            if (seq > 0) {
                String[] trade = trades.get(symbol).get((int) seq - 1);
                assertEquals(0, new BigDecimal(trade[0]).compareTo((BigDecimal) row.get("size")), row.toString());
                assertEquals(0, new BigDecimal(trade[1]).compareTo((BigDecimal) row.get("price")), row.toString());
                assertEquals(trade[2], row.get("id"), row.toString());
            }
        }
    }
}
