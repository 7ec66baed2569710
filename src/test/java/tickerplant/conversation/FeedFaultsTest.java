package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.quote;
import static tickerplant.market.Events.trade;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.checker.Key;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.Cancel;
import tickerplant.market.Clock;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Quote;
import tickerplant.market.Symbol;
import tickerplant.server.TestService;

/** A feed that has gone mad: what can't be is refused, one by one and counted, and everything else goes its way. */
@Timeout(120)
class FeedFaultsTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final long DAY = Duration.ofDays(1).toNanos() / 1_000;
    /** This noon, so that no day ends meanwhile. */
    private static final long NOW = Clock.SYSTEM.micros() / DAY * DAY + DAY / 2;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What no feed may tell, by what the feed's own check has against it. */
    private static final List<Event> NONSENSE = List.of(
            trade("AAPL", 0, 100, NOW),
            trade("AAPL", -18_900, 100, NOW),
            trade("AAPL", Decimal.ABSENT, 100, NOW),
            trade("AAPL", Long.MAX_VALUE, 100, NOW),
            trade("AAPL", 18_900, 0, NOW),
            trade("AAPL", 18_900, -1, NOW),
            trade("AAPL", 18_900, Long.MAX_VALUE, NOW),
            trade("AAPL", 18_900, 100, 0),
            trade("AAPL", 18_900, 100, -NOW),
            trade("AAPL", 18_900, 100, Long.MAX_VALUE),
            trade("AAPL", 18_900, 100, NOW + 400 * DAY),
            trade("NEVER", 18_900, 100, NOW),
            quote("AAPL", -1, 18_900, NOW),
            quote("AAPL", 18_899, Long.MAX_VALUE, NOW),
            new Quote(AAPL, 18_899, -100, 18_900, 100, NOW),
            new Quote(AAPL, Decimal.ABSENT, 100, 18_900, 100, NOW),
            new Cancel(AAPL, "", NOW));

    private final Observatory observatory = new Observatory();
    private final Play play = new Play(observatory, listed("AAPL", 18_800), listed("MSFT", 40_000));

    private static TestClient follower(TestService service, Observatory observatory) throws Exception {
        TestClient client = TestClient.dial(service.ticker())
                .checkedBy(observatory.observer("client"))
                .receiveBuffer(1 << 20)
                .connect();
        for (String channel : List.of("ticker", "trades")) {
            client.request("{\"type\":\"subscribe\",\"id\":\"%1$s\",\"channel\":\"%1$s\",\"symbols\":[\"*\"]}"
                    .formatted(channel));
        }
        return client;
    }

    private static void stands(TestClient client, String symbol, long ticker, long trades) {
        client.awaitState(Key.of("ticker", symbol), PATIENCE, "ticker " + ticker, state -> state.seq() == ticker);
        client.awaitState(Key.of("trades", symbol), PATIENCE, "trades " + trades, state -> state.seq() == trades);
    }

    private static long refused(TestService service) {
        return service.tickerplant().feeds().statuses().get(0).refused();
    }

    @Test
    void nonsenseIsRefusedOneByOneAndTakesNoSequence() throws Exception {
        try (TestService service = TestService.with(play.feed());
                TestClient client = follower(service, observatory)) {
            for (int i = 0; i < NONSENSE.size(); i++) {
                play.plays(trade("AAPL", 18_801 + i, 100, NOW + i));
                play.playsRefused(NONSENSE.get(i));
                play.awaitTaken();
                assertEquals(i + 1, refused(service), NONSENSE.get(i).toString());
            }
            play.playsRefused(new Cancel(AAPL, "of no trade", NOW));
            play.plays(trade("MSFT", 40_001, 100, NOW));
            stands(client, "AAPL", NONSENSE.size(), NONSENSE.size());
            stands(client, "MSFT", 1, 1);
            assertEquals(NONSENSE.size(), refused(service));
            assertEquals(1, service.tickerplant().refused());
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }

    @Test
    void whatComesTwiceOrOutOfOrderTakesItsPlaceInTheLogAsItCame() throws Exception {
        try (TestService service = TestService.with(play.feed());
                TestClient client = follower(service, observatory)) {
            long[] jumps = {0, 5_000_000, -3_600_000_000L, 0, 0, 60_000_000, -1, 1};
            for (int i = 0; i < jumps.length; i++) {
                Event event = trade("AAPL", 18_801 + i, 100, NOW + jumps[i]);
                play.plays(event, event);
            }
            stands(client, "AAPL", 2L * jumps.length, 2L * jumps.length);
            assertEquals(0, refused(service));
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }

    @Test
    void aFloodOfFiftyTimesTheUsualIsToldInOrder() throws Exception {
        try (TestService service = TestService.with(play.feed());
                TestClient client = follower(service, observatory)) {
            int flood = 50 * 1_000;
            for (int i = 0; i < flood; i++) {
                play.plays(
                        i % 10 == 0
                                ? trade("AAPL", 20_000 + i, 100, NOW + i)
                                : quote("AAPL", 19_999 + i, 20_000 + i, NOW + i));
            }
            play.awaitTaken();
            stands(client, "AAPL", flood, flood / 10);
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }
}
