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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
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
import tickerplant.market.Channel;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** Nodes, and the broker, are killed in processes of their own; nothing is lost by it, and nothing comes twice. */
@Tag("kafka")
class KilledNodesTest {
    private static final String FEED = "simulated?symbols=10&rate=200&seed=3";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private final Observatory observatory = new Observatory();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int port;
    private int controller;
    private NodeProcess broker;

    @BeforeEach
    void startBroker() throws IOException {
        Broker.hush();
        port = Broker.freePort();
        controller = Broker.freePort();
        broker = broker();
    }

    private NodeProcess broker() throws IOException {
        NodeProcess process = NodeProcess.of(
                folder.resolve("broker.log"),
                Broker.class,
                List.of(folder.resolve("broker").toString(), Integer.toString(port), Integer.toString(controller)));
        process.firstLine();
        return process;
    }

    @AfterEach
    void stopAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        broker.close();
    }

    private TestService gateway() throws IOException, InterruptedException {
        return service("gateway");
    }

    private TestService service(String role) throws IOException, InterruptedException {
        TestService service = TestService.with(Map.of(
                Setting.KAFKA, "127.0.0.1:" + port,
                Setting.KAFKA_PARTITIONS, "3",
                Setting.KAFKA_TAKEOVER_MS, "2000",
                Setting.HEARTBEAT_MS, "500",
                Setting.ROLE, role));
        open.add(service);
        return service;
    }

    private NodeProcess process(String role, String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "--kafka",
                "127.0.0.1:" + port,
                "--kafka-partitions",
                "3",
                "--kafka-takeover-ms",
                "2000",
                "--role",
                role));
        options.addAll(List.of(more));
        NodeProcess process = NodeProcess.node(folder.resolve(role + ".log"), options.toArray(String[]::new));
        open.add(process);
        return process;
    }

    private TestClient observer(TestService node, String name) throws IOException {
        TestClient client = TestClient.dial(node.ticker())
                .checkedBy(observatory.observer(name))
                .connect();
        open.add(0, client);
        client.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}");
        client.request("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"trades\",\"symbols\":[\"*\"]}");
        return client;
    }

    private static long events(TestService node) {
        return node.tickerplant().hub().told().of(Channel.TICKER);
    }

    @Test
    void anotherFeedNodeGoesOnWhereTheOneStoodThatWasKilled() throws Exception {
        TestService first = gateway();
        TestService second = gateway();
        observer(first, "first");
        observer(second, "second");
        NodeProcess active = process("feed", "--feed", FEED);
        active.firstLine();
        await("told", () -> events(first) > 300);
        process("feed", "--feed", FEED).firstLine();
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
        process("feed", "--feed", FEED).firstLine();
        TestService staying = gateway();
        TestClient observer = observer(staying, "observer");
        NodeProcess leaving = process("gateway");
        Traveller traveller = new Traveller(observatory, "traveller", leaving.ticker(), List.of("ticker", "trades"));
        open.add(0, traveller);
        traveller.sets("*");
        await(
                "told",
                () -> traveller.client().states().values().stream()
                                .mapToLong(Folded::seq)
                                .sum()
                        > 300);
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
        TestService one = service("feed");
        TestService gateway = gateway();
        TestClient client = TestClient.dial(gateway.ticker())
                .checkedBy(observatory.observer("client"))
                .connect();
        open.add(0, client);
        client.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"trades\",\"symbols\":[\"DESK.*\"]}");
        int accepted = 0;
        for (; accepted < 50; accepted++) {
            assertTrue(publish(one, accepted + 1).contains("\"type\":\"accepted\""), "not accepted");
        }
        broker.kill();
        await("refused", () -> !publish(one, 51).contains("\"type\":\"accepted\""));
        broker = broker();
        await("accepted again", () -> publish(one, 51).contains("\"type\":\"accepted\""));
        for (accepted = 51; accepted < 100; accepted++) {
            assertTrue(publish(one, accepted + 1).contains("\"type\":\"accepted\""), "not accepted");
        }

        await("told", () -> client.states().values().stream().anyMatch(state -> state.seq() == 100));
        Folded state = client.states().get(Key.of("trades", "DESK.A"));
        assertEquals(100, state.seq());
        TestService late = gateway();
        assertEquals(
                100,
                late.tickerplant()
                        .hub()
                        .topic(Channel.TRADES, new tickerplant.market.Symbol("DESK.A"))
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
