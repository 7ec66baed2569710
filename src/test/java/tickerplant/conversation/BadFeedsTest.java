package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.checker.Json;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedStatus;
import tickerplant.feed.ScriptedFeed;
import tickerplant.market.Cancel;
import tickerplant.market.Clock;
import tickerplant.market.DayRoll;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** A feed that floods, dies or lies: whoever follows another one hears each of its trades, once and in order, and no more. */
@Timeout(180)
class BadFeedsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long YEAR_MICROS = 365 * 24 * 3_600_000_000L;

    private final Observatory observatory = new Observatory();
    private final LinkedBlockingQueue<Event> good = new LinkedBlockingQueue<>();
    private TestService service;
    private TestClient client;
    private TestClient victim;
    private int goodTrades;

    private static Listed listed(String symbol, String feed) {
        return new Listed(
                new Instrument(new Symbol(symbol), "", "USD", "", 2, 0, ZoneOffset.UTC),
                feed,
                Decimal.ABSENT,
                Clock.SYSTEM.micros());
    }

    private static Trade trade(String symbol, long price, long size, long ts) {
        return new Trade(new Symbol(symbol), price, size, Side.UNKNOWN, "", "", Set.of(), ts);
    }

    /** A service with a good feed beside the bad one; a client of the good one, and one of the bad one. */
    private void begin(ScriptedFeed bad) throws Exception {
        Feed goodFeed = ScriptedFeed.live("good", listed("GOOD", "good")).does(sink -> {
            while (true) {
                sink.event(good.take());
            }
        });
        service = TestService.with(Map.of(Setting.HEARTBEAT_MS, "200"), goodFeed, bad);
        client = follower("client", "GOOD");
        victim = follower("victim", "BAD");
    }

    private TestClient follower(String name, String symbol) throws IOException {
        TestClient follower = TestClient.dial(service.ticker())
                .checkedBy(observatory.checker(name))
                .connect();
        for (String channel : List.of("ticker", "trades", "bars\",\"interval\":\"1s")) {
            follower.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"" + channel + "\",\"symbols\":[\"" + symbol
                    + "\"]}");
        }
        return follower;
    }

    @AfterEach
    void end() {
        if (service != null) {
            client.close();
            victim.close();
            service.close();
        }
    }

    private void tellsGood() {
        goodTrades++;
        good.add(trade("GOOD", 10_000 + goodTrades, goodTrades, Clock.SYSTEM.micros()));
    }

    private static List<Message> heard(TestClient client, String type) {
        return client.heard().stream()
                .filter(message -> message.type().equals(type))
                .toList();
    }

    /** The sizes of the trades that a client has heard of as they came. */
    private static List<Long> sizes(TestClient client) {
        return heard(client, "update").stream()
                .filter(message -> "trades".equals(message.members().get("channel")))
                .flatMap(message -> message.rows().stream())
                .map(row -> Json.whole(row.get("size")))
                .toList();
    }

    private void assertNoHarm() {
        client.await("each good trade", PATIENCE, message -> sizes(client).size() >= goodTrades);
        assertEquals(
                IntStream.rangeClosed(1, goodTrades).mapToObj(i -> (long) i).toList(), sizes(client));
        assertEquals(List.of(), heard(client, "gap"));
        FeedStatus status = status("good");
        assertEquals(goodTrades, status.trades());
        assertEquals(0, status.refused());
        assertEquals(FeedStatus.State.LIVE, status.state());
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    private FeedStatus status(String feed) {
        return service.tickerplant().feeds().statuses().stream()
                .filter(status -> status.name().equals(feed))
                .findFirst()
                .orElseThrow();
    }

    private void awaitHeartbeat(TestClient whose, String feed) {
        int before = whose.heard().size();
        whose.awaitAfter(
                before,
                "a heartbeat that says " + feed,
                PATIENCE,
                message -> message.type().equals("heartbeat")
                        && feed.equals(message.members().get("feed")));
    }

    @Test
    void aFeedThatFloodsHarmsNobody() throws Exception {
        long rounds = 400;
        long flood = 50;
        Semaphore followed = new Semaphore(0);
        Semaphore round = new Semaphore(0);
        begin(ScriptedFeed.live("bad", listed("BAD", "bad"))
                .does(sink -> {
                    followed.acquire();
                    for (long i = 1; i <= rounds * flood; i++) {
                        sink.event(trade("BAD", 10_000 + i % 100, 1, Clock.SYSTEM.micros()));
                        if (i % flood == 0) {
                            round.release();
                        }
                    }
                })
                .waits());
        followed.release();
        for (int i = 0; i < rounds; i++) {
            round.acquire();
            tellsGood();
        }
        assertNoHarm();
        victim.await(
                "what the flood has come to",
                PATIENCE,
                message ->
                        message.type().equals("heartbeat") && sizes(victim).size() + missed(victim) >= rounds * flood);
        assertEquals(rounds * flood, sizes(victim).size() + missed(victim));
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    private static long missed(TestClient client) {
        return heard(client, "gap").stream()
                .filter(gap -> "trades".equals(gap.members().get("channel")))
                .mapToLong(gap -> Json.whole(gap.members().get("to"))
                        - Json.whole(gap.members().get("from"))
                        + 1)
                .sum();
    }

    @Test
    void aFeedThatDiesHarmsNobodyAndComesBack() throws Exception {
        Semaphore die = new Semaphore(0);
        begin(ScriptedFeed.live("bad", listed("BAD", "bad"))
                .tells(trade("BAD", 10_000, 1, Clock.SYSTEM.micros()))
                .does(sink -> die.acquire())
                .loses("the cable is cut")
                .does(sink -> {
                    sink.event(trade("BAD", 10_000, 2, Clock.SYSTEM.micros()));
                    die.acquire();
                })
                .breaks("a bug")
                .does(sink -> sink.event(trade("BAD", 10_000, 3, Clock.SYSTEM.micros())))
                .waits());
        for (String cause : List.of("the cable is cut", "a bug")) {
            tellsGood();
            awaitHeartbeat(victim, "live");
            die.release();
            awaitHeartbeat(victim, "down");
            assertTrue(
                    status("bad").lastProblem().endsWith(cause), status("bad").lastProblem());
            tellsGood();
            awaitHeartbeat(client, "live");
        }
        awaitHeartbeat(victim, "live");
        tellsGood();
        assertNoHarm();
        assertTrue(
                heard(client, "heartbeat").stream().skip(1).noneMatch(message -> "down"
                        .equals(message.members().get("feed"))),
                "who follows the other feed hears nothing of it");
        assertEquals(3, status("bad").trades());
    }

    @Test
    void aFeedThatLiesIsNotBelieved() throws Exception {
        long now = Clock.SYSTEM.micros();
        Symbol bad = new Symbol("BAD");
        List<Event> lies = List.of(
                trade("BAD", -1, 1, now),
                trade("BAD", 0, 1, now),
                trade("BAD", 1, -1, now),
                trade("BAD", 1, 0, now),
                trade("BAD", (long) Double.NaN, 1, now),
                trade("BAD", (long) Double.POSITIVE_INFINITY, 1, now),
                trade("BAD", Decimal.ABSENT, 1, now),
                trade("BAD", 10_000, 1, Long.MAX_VALUE),
                trade("BAD", 10_000, 1, Long.MIN_VALUE),
                trade("BAD", 10_000, 1, 0),
                trade("BAD", 10_000, 1, now + 300 * YEAR_MICROS),
                trade("BAD", 10_000, 1, now + 50 * YEAR_MICROS),
                new Quote(bad, -5, 1, 10, 1, now),
                new Quote(bad, 5, 1, Long.MAX_VALUE, 1, now),
                new Quote(bad, 5, -1, 10, 1, now),
                new Cancel(bad, "", now),
                new DayRoll(bad, now),
                trade("GOOD", 1, 1, now),
                new Quote(new Symbol("GOOD"), 1, 1, 2, 1, now),
                listed("GOOD", "bad"),
                listed("OTHER", "good"));
        Semaphore lie = new Semaphore(0);
        begin(ScriptedFeed.live("bad", listed("BAD", "bad"))
                .tells(trade("BAD", 10_000, 1, now))
                .does(sink -> lie.acquire())
                .tells(lies.toArray(Event[]::new))
                .tells(trade("BAD", 10_001, 2, now + 1))
                .waits());
        for (int i = 0; i < 20; i++) {
            tellsGood();
            if (i == 10) {
                lie.release();
            }
        }
        victim.await(
                "the truth after the lies", PATIENCE, message -> sizes(victim).contains(2L));
        assertNoHarm();
        assertEquals(lies.size(), status("bad").refused());
        assertEquals(2, status("bad").trades());
        assertEquals(0, status("bad").quotes());
        assertEquals(0, status("bad").cancels());
        assertTrue(sizes(victim).stream().allMatch(size -> size <= 2), "of the lies nothing is told");
    }
}
