package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;
import static tickerplant.market.Events.listed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.bus.kafka.Broker;
import tickerplant.checker.Folded;
import tickerplant.checker.Key;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.faults.Traveller;
import tickerplant.feed.Feed;
import tickerplant.market.Channel;
import tickerplant.market.Event;
import tickerplant.market.Listed;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** Many nodes, one market: whoever a client asks, the same sequence names the same event. */
@Tag("kafka")
class ManyNodesTest {
    private static final long NOON = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-01-02T12:00:00Z"));
    private static final int SYMBOLS = 10;
    private static final int EVENTS = 6_000;
    private static final AtomicInteger LOGS = new AtomicInteger();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static Broker broker;

    private final Observatory observatory = new Observatory();
    private final List<Listed> instruments = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<TestService> nodes = new ArrayList<>();
    private final List<AutoCloseable> clients = new ArrayList<>();
    private String prefix = "";

    @BeforeAll
    static void startBroker() throws IOException {
        broker = Broker.in(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void writeTheStory() {
        prefix = "nodes-" + LOGS.incrementAndGet() + ".";
        for (int i = 0; i < SYMBOLS; i++) {
            instruments.add(listed("S" + i, 5_000));
            observatory.feed().known("S" + i, "50");
        }
        for (int i = 0; i < EVENTS; i++) {
            String symbol = "S" + i % SYMBOLS;
            long price = 10_000L + i;
            long ts = NOON + i * 1_000L;
            if (i % 3 == 0) {
                events.add(new Quote(new Symbol(symbol), price, 100, price + 10_000_000, 100, ts));
                observatory.feed().quote(symbol, price(price), price(price + 10_000_000));
            } else {
                events.add(new Trade(new Symbol(symbol), price, 1 + i % 7, Side.BUY, "t" + i, "", Set.of(), ts));
                observatory.feed().trade(symbol, price(price), Long.toString(1 + i % 7));
            }
        }
    }

    private static String price(long cents) {
        return "%d.%02d".formatted(cents / 100, cents % 100);
    }

    @AfterEach
    void stopAll() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
        nodes.forEach(TestService::close);
    }

    private TestService node(String role, Feed... feeds) throws IOException, InterruptedException {
        return node(Map.of(Setting.ROLE, role), feeds);
    }

    private TestService node(Map<Setting, String> more, Feed... feeds) throws IOException, InterruptedException {
        Map<Setting, String> settings = new HashMap<>(Map.of(
                Setting.KAFKA,
                broker.bootstrap(),
                Setting.KAFKA_PREFIX,
                prefix,
                Setting.KAFKA_PARTITIONS,
                "3",
                Setting.KAFKA_TAKEOVER_MS,
                "1500",
                Setting.HEARTBEAT_MS,
                "500"));
        settings.putAll(more);
        TestService node = TestService.with(settings, feeds);
        nodes.add(node);
        return node;
    }

    private NumberedFeed feed() {
        return new NumberedFeed(instruments, events);
    }

    private TestClient observer(TestService node, String name) throws IOException {
        TestClient client = TestClient.dial(node.ticker())
                .checkedBy(observatory.observer(name))
                .connect();
        clients.add(client);
        client.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}");
        client.request("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"trades\",\"symbols\":[\"*\"]}");
        return client;
    }

    private static long seq(TestClient client, String channel, int symbol) {
        Folded state = client.states().get(Key.of(channel, "S" + symbol));
        return state == null ? 0 : state.seq();
    }

    /** Whether a client knows all of the first events, and no more. */
    private boolean hasHeard(TestClient client, int count) {
        for (int i = 0; i < SYMBOLS; i++) {
            int symbol = i;
            List<Event> its = events.subList(0, count).stream()
                    .filter(event -> event.symbol().name().equals("S" + symbol))
                    .toList();
            long trades = its.stream().filter(Trade.class::isInstance).count();
            if (seq(client, "ticker", i) != its.size() || seq(client, "trades", i) != trades) {
                return false;
            }
        }
        return true;
    }

    private static String health(TestClient client) {
        List<String> states = client.heard().stream()
                .filter(message -> message.type().equals("heartbeat"))
                .map(message -> (String) message.members().get("feed"))
                .toList();
        return states.isEmpty() ? "none" : states.get(states.size() - 1);
    }

    @Test
    void everyNodeSaysTheSameAndAClientMayGoFromAnyToAny() throws Exception {
        NumberedFeed feed = feed();
        node("feed", feed);
        List<TestService> gateways = List.of(node("gateway"), node("gateway"), node("gateway"));
        List<TestClient> observers = new ArrayList<>();
        for (TestService gateway : gateways) {
            observers.add(observer(gateway, "observer " + observers.size()));
        }
        Traveller traveller =
                new Traveller(observatory, "traveller", gateways.get(0).ticker(), List.of("ticker", "trades"));
        clients.add(traveller);
        feed.plays(200);
        await("heard", () -> hasHeard(observers.get(0), 200));
        traveller.sets("*");
        await("heard by the traveller", () -> hasHeard(traveller.client(), 200));
        for (int hop = 1; hop <= 8; hop++) {
            feed.plays(500);
            int reached = 200 + 500 * (hop - 1);
            await("past it", () -> seq(traveller.client(), "ticker", 9) >= reached / SYMBOLS);
            traveller.client().close();
            traveller.returns(gateways.get(hop % 3).ticker(), "*");
        }
        for (TestClient observer : observers) {
            await("all heard", () -> hasHeard(observer, 4_200));
        }
        await("all heard by the traveller", () -> hasHeard(traveller.client(), 4_200));

        assertEquals(
                1,
                gateways.stream()
                        .map(gateway -> gateway.tickerplant().sessions().epoch())
                        .distinct()
                        .count());
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    @Test
    void twoNodesWithTheSameFeedDoubleNothingAndOneIsEnough() throws Exception {
        NumberedFeed first = feed();
        NumberedFeed second = feed();
        TestService one = node("feed", first);
        TestService gateway = node("gateway");
        TestClient observer = observer(gateway, "observer");
        first.plays(1_000);
        await("heard", () -> hasHeard(observer, 1_000));
        node("feed", second);
        first.plays(1_500);
        second.plays(1_000);
        await("heard", () -> hasHeard(observer, 2_500));
        one.stop();
        second.plays(1_500);
        await("heard", () -> hasHeard(observer, 3_500));

        assertTrue(gateway.tickerplant().repeated() >= 1_000, "nothing came twice");
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    @Test
    void whoJoinsLateCountsLikeThoseWhoWereThere() throws Exception {
        NumberedFeed feed = feed();
        node("feed", feed);
        TestService early = node("gateway");
        TestClient observer = observer(early, "early");
        feed.plays(2_000);
        await("heard", () -> hasHeard(observer, 2_000));
        await("kept", () -> {
            try {
                TestService late = node("gateway");
                long behind = late.tickerplant().lags().size();
                boolean whole = late.tickerplant().hub().told().of(Channel.TICKER) < 2_000;
                late.stop();
                return behind == 3 && whole;
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        TestService late = node("gateway");
        TestClient another = observer(late, "late");
        feed.plays(1_000);
        await("heard early", () -> hasHeard(observer, 3_000));
        await("heard late", () -> hasHeard(another, 3_000));

        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    @Test
    void whoComesToANewNodeWithAnOldPlaceIsToldWhatItCanNotSay() throws Exception {
        NumberedFeed feed = feed();
        node("feed", feed);
        TestService early = node("gateway");
        TestClient observer = observer(early, "early");
        Traveller traveller = new Traveller(observatory, "traveller", early.ticker(), List.of("ticker", "trades"));
        clients.add(traveller);
        feed.plays(500);
        await("heard", () -> hasHeard(observer, 500));
        traveller.sets("*");
        await("heard by the traveller", () -> hasHeard(traveller.client(), 500));
        traveller.client().close();
        feed.plays(2_000);
        await("heard", () -> hasHeard(observer, 2_500));
        TestService late = joinedAfter(2_500);
        traveller.returns(late.ticker(), "*");
        feed.plays(500);
        await("heard by the traveller", () -> hasHeard(traveller.client(), 3_000));

        assertTrue(
                traveller.heard("gap").stream().anyMatch(gap -> gap.text().contains("\"history_expired\"")),
                "nothing was said to be missing");
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    /** A gateway that has not heard any of so many events, because all of them were kept before it came. */
    private TestService joinedAfter(int events) throws InterruptedException {
        AtomicReference<TestService> joined = new AtomicReference<>();
        await("kept", () -> {
            try {
                TestService late = node("gateway");
                boolean whole = late.tickerplant().hub().told().of(Channel.TICKER) == 0
                        && late.tickerplant().hub().topics(Channel.TICKER, "").stream()
                                        .mapToLong(topic ->
                                                topic.standing().update().seq())
                                        .sum()
                                == events;
                if (whole) {
                    joined.set(late);
                } else {
                    late.stop();
                }
                return whole;
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        return joined.get();
    }

    @Test
    void aPhaseOfTheCalendarBeginsOnceWhicheverNodesTellIt() throws Exception {
        StringBuilder hours = new StringBuilder("zone UTC\nuntil 9999-12-30\nhours always");
        for (int minute = 0; minute < 24 * 60; minute++) {
            hours.append("%s %02d:%02d %s"
                    .formatted(minute == 0 ? "" : ",", minute / 60, minute % 60, minute % 2 == 0 ? "auction" : "open"));
        }
        Path calendar = Files.writeString(folder.resolve("calendar.txt"), hours + "\nmon-sun always\n");
        TestService one = node(Map.of(Setting.ROLE, "feed", Setting.CALENDAR, calendar.toString()));
        node(Map.of(Setting.ROLE, "feed", Setting.CALENDAR, calendar.toString()));
        TestService gateway = node("gateway");
        long before = phases(gateway);
        long repeated = one.tickerplant().repeated();
        await("told by both", () -> one.tickerplant().repeated() > repeated);
        await("heard", () -> phases(gateway) > before);

        assertEquals(before + 1, phases(gateway), "a phase began twice");
        assertEquals(before + 1, phases(one));
    }

    private static long phases(TestService node) {
        return node.tickerplant()
                .hub()
                .marketWide(Channel.STATUS)
                .map(topic -> topic.standing().update().seq())
                .orElse(0L);
    }

    @Test
    void whenKafkaIsAwayClientsAreToldAndLaterNothingIsMissing() throws Exception {
        NumberedFeed feed = feed();
        TestService source = node("feed", feed);
        TestService gateway = node("gateway");
        TestClient observer = observer(gateway, "observer");
        feed.plays(500);
        await("heard", () -> hasHeard(observer, 500));
        await("live", () -> health(observer).equals("live"));
        broker.stop();
        try {
            feed.plays(500);
            await("stale", () -> health(observer).equals("stale"));
            await("in trouble", () -> source.tickerplant().trouble().isPresent());
            assertTrue(publish(source, 1).contains("\"reason\":\"internal\""), "published into nothing");
        } finally {
            broker.start();
        }
        await("heard what came meanwhile", () -> hasHeard(observer, 1_000));
        feed.plays(500);
        await("live again", () -> health(observer).equals("live"));
        await("heard all", () -> hasHeard(observer, 1_500));

        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    @Test
    void whatIsPublishedCountsOnceWhicheverNodeTakesIt() throws Exception {
        TestService one = node("feed");
        TestService two = node("feed");
        TestService gateway = node("gateway");

        assertTrue(publish(one, 1).contains("\"count\":2,\"duplicates\":0"), "not accepted");
        assertTrue(publish(two, 2).contains("\"count\":2,\"duplicates\":0"), "not accepted elsewhere");
        await("heard", () -> one.tickerplant().hub().told().of(Channel.TRADES) == 4);
        assertTrue(publish(one, 2).contains("\"duplicates\":2"), "not known to be a repetition");
        assertTrue(publish(one, 3).contains("\"count\":2,\"duplicates\":0"), "not accepted");
        assertTrue(publish(two, 9).contains("\"expected\":4"), "not out of turn");
        assertTrue(publish(gateway, 4).contains("\"reason\":\"forbidden\""), "a gateway took it");
        TestClient client = TestClient.dial(gateway.ticker())
                .checkedBy(observatory.observer("client"))
                .connect();
        clients.add(client);
        client.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"trades\",\"symbols\":[\"DESK.*\"]}");
        await("told", () -> client.states().size() == 2);
        client.states().forEach((key, state) -> assertEquals(3, state.seq(), key.toString()));
        assertNotEquals("", gateway.tickerplant().sessions().epoch());
    }

    private static String publish(TestService node, int pseq) throws IOException, InterruptedException {
        String message =
                """
            {"type":"publish","id":1,"publisher":"desk-1","pseq":%1$d,"data":[{"symbol":"DESK.A","price":1%1$d,"size":1},\
            {"symbol":"DESK.B","price":2%1$d,"size":1}]}"""
                        .formatted(pseq);
        URI address = node.http("/api/v1/feed");
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(message))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }
}
