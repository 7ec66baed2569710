package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.checker.Folded;
import tickerplant.checker.Key;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.faults.Traveller;
import tickerplant.market.Channel;
import tickerplant.market.Symbol;
import tickerplant.server.TestService;

/** Nodes, and the broker, are killed in processes of their own; nothing is lost by it, and nothing comes twice. */
@Tag("kafka")
class KilledNodesTest {
    private static final String FEED = "simulated?symbols=10&rate=200&seed=3";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private final Observatory observatory = new Observatory();
    private NodeCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new NodeCluster(folder);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.stop();
    }

    private NodeProcess feedNode() throws IOException {
        NodeProcess node = cluster.process("feed", "--feed", FEED);
        node.firstLine();
        return node;
    }

    private TestClient observer(TestService node, String name) throws IOException {
        TestClient client = cluster.with(TestClient.dial(node.ticker())
                .checkedBy(observatory.observer(name))
                .connect());
        client.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}");
        client.request("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"trades\",\"symbols\":[\"*\"]}");
        return client;
    }

    private static long events(TestService node) {
        return node.tickerplant().hub().told().of(Channel.TICKER);
    }

    @Test
    void anotherFeedNodeGoesOnWhereTheOneStoodThatWasKilled() throws Exception {
        TestService first = cluster.service("gateway");
        TestService second = cluster.service("gateway");
        observer(first, "first");
        observer(second, "second");
        NodeProcess active = feedNode();
        await("told", () -> events(first) > 300);
        feedNode();
        await("told by both", () -> first.tickerplant().repeated() > 300);
        active.kill();
        long then = events(first);
        await("going on", () -> events(first) > then + 600 && events(second) > then + 600);

        // each event of the feed takes one sequence of a ticker, so as many were told as the feed has numbered
        long entered = first.tickerplant().heldOfFeed("simulated");
        await("told once each", () -> events(first) >= entered);
        long before = first.tickerplant().heldOfFeed("simulated");
        long told = events(first);
        long after = first.tickerplant().heldOfFeed("simulated");
        assertTrue(before <= told && told <= after, told + " events of " + before + " to " + after + " were told");
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    @Test
    void aClientOfAGatewayThatWasKilledGoesOnAtAnother() throws Exception {
        feedNode();
        TestService staying = cluster.service("gateway");
        TestClient observer = observer(staying, "observer");
        NodeProcess leaving = cluster.process("gateway");
        Traveller traveller =
                cluster.with(new Traveller(observatory, "traveller", leaving.ticker(), List.of("ticker", "trades")));
        traveller.sets("*");
        await("told", () -> sum(traveller.client()) > 300);
        leaving.kill();
        traveller.returns(staying.ticker(), "*");
        long then = sum(observer);
        await("going on", () -> sum(traveller.client()) > then + 300);

        assertTrue(
                traveller.heard("gap").isEmpty()
                        && traveller.client().heard().stream()
                                .noneMatch(message -> message.text().contains("\"recovery\":{\"S0\":\"snapshot\"")),
                "something was missing");
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    private static long sum(TestClient client) {
        return client.states().values().stream().mapToLong(Folded::seq).sum();
    }

    @Test
    void whatWasAcceptedIsThereAfterTheBrokerWasKilled() throws Exception {
        TestService one = cluster.service("feed");
        TestService gateway = cluster.service("gateway");
        TestClient client = cluster.with(TestClient.dial(gateway.ticker())
                .checkedBy(observatory.observer("client"))
                .connect());
        client.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"trades\",\"symbols\":[\"DESK.*\"]}");
        int accepted = 0;
        for (; accepted < 50; accepted++) {
            assertTrue(publish(one, accepted + 1).contains("\"type\":\"accepted\""), "not accepted");
        }
        cluster.killBroker();
        await("refused", () -> !publish(one, 51).contains("\"type\":\"accepted\""));
        cluster.startBrokerAgain();
        await("accepted again", () -> publish(one, 51).contains("\"type\":\"accepted\""));
        for (accepted = 51; accepted < 100; accepted++) {
            assertTrue(publish(one, accepted + 1).contains("\"type\":\"accepted\""), "not accepted");
        }

        await("told", () -> client.states().values().stream().anyMatch(state -> state.seq() == 100));
        Folded state = client.states().get(Key.of("trades", "DESK.A"));
        assertEquals(100, state.seq());
        TestService late = cluster.service("gateway");
        assertEquals(
                100,
                late.tickerplant()
                        .hub()
                        .topic(Channel.TRADES, new Symbol("DESK.A"))
                        .orElseThrow()
                        .standing()
                        .update()
                        .seq());
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    private static String publish(TestService node, int pseq) {
        String message =
                """
            {"type":"publish","id":1,"publisher":"desk-1","pseq":%1$d,"data":[{"symbol":"DESK.A","price":1.%1$04d,"size":1}]}"""
                        .formatted(pseq);
        try {
            HttpRequest request = HttpRequest.newBuilder(node.http("/api/v1/feed"))
                    .timeout(Duration.ofSeconds(30))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(message))
                    .build();
            return HTTP.send(request, BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
