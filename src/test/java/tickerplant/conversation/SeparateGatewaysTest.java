package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.checker.Key;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.faults.Traveller;

/** A feed node and three gateways, each a process of its own, and clients that go from one to another. */
@Tag("kafka")
class SeparateGatewaysTest {
    private static final String FEED = "simulated?symbols=10&rate=300&seed=5";
    private static final int SYMBOLS = 10;
    private static final int HOPS = 12;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final Observatory observatory = new Observatory();
    private final List<NodeProcess> gateways = new ArrayList<>();
    private final List<URI> addresses = new ArrayList<>();
    private NodeCluster cluster;
    private NodeProcess feed;

    @BeforeEach
    void start() throws IOException {
        cluster = new NodeCluster(folder);
        feed = cluster.process("feed", "--feed", FEED);
        feed.firstLine();
        for (int i = 0; i < 3; i++) {
            gateways.add(cluster.process("gateway"));
        }
        for (NodeProcess gateway : gateways) {
            addresses.add(gateway.ticker());
        }
    }

    @AfterEach
    void stop() throws Exception {
        cluster.stop();
    }

    private TestClient observer(URI node, String name) throws IOException {
        TestClient client = cluster.with(
                TestClient.dial(node).checkedBy(observatory.observer(name)).connect());
        client.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}");
        client.request("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"trades\",\"symbols\":[\"*\"]}");
        return client;
    }

    private Traveller traveller(URI node, String name) throws IOException, InterruptedException {
        Traveller traveller = cluster.with(new Traveller(observatory, name, node, List.of("ticker", "trades")));
        traveller.sets("*");
        await("told to " + name, () -> sum(traveller.client()) > 100);
        return traveller;
    }

    private static Map<Key, Long> seqs(TestClient client) {
        Map<Key, Long> seqs = new HashMap<>();
        client.states().forEach((key, state) -> seqs.put(key, state.seq()));
        return seqs;
    }

    private static long sum(TestClient client) {
        return seqs(client).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whoever comes back gets the rows that were missed one by one, never a snapshot or a gap instead. */
    private static void assertNothingWasMissing(Traveller traveller) {
        assertEquals(List.of(), traveller.heard("gap"));
        for (Message subscribed : traveller.heard("subscribed")) {
            assertFalse(subscribed.text().contains("\"snapshot\""), subscribed.text());
        }
    }

    private static HttpResponse<String> get(URI node, String path) throws IOException, InterruptedException {
        URI address = URI.create("http://" + node.getHost() + ":" + node.getPort() + path);
        return HTTP.send(
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }

    @Test
    void whoeverHopsEverySecondMissesNothingAndTwoSecondsAfterTheEndAllKnowTheSame() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        for (URI address : addresses) {
            clients.add(observer(address, "observer " + clients.size()));
        }
        Traveller traveller = traveller(addresses.get(0), "traveller");
        long begun = System.nanoTime();
        for (int hop = 1; hop <= HOPS; hop++) {
            long due = begun + hop * SECOND;
            long before = sum(traveller.client());
            await("a second later", () -> System.nanoTime() - due >= 0 && sum(traveller.client()) > before);
            traveller.client().close();
            traveller.returns(addresses.get(hop % addresses.size()), "*");
            long then = sum(traveller.client());
            await("going on", () -> sum(traveller.client()) > then);
            assertNothingWasMissing(traveller);
        }
        clients.add(traveller.client());

        feed.kill();
        long killed = System.nanoTime();
        await("two seconds later", () -> System.nanoTime() - killed >= 2 * SECOND);
        List<Map<Key, Long>> known =
                clients.stream().map(SeparateGatewaysTest::seqs).toList();
        TestClient late = observer(addresses.get(1), "late");
        await("told the late one", () -> late.states().size() == 2 * SYMBOLS);
        for (Map<Key, Long> each : known) {
            assertEquals(seqs(late), each, "two seconds after the feed had ended");
        }
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    @Test
    void aGatewayThatIsReplacedUnderLoadCostsItsClientsNothing() throws Exception {
        observer(addresses.get(1), "observer 1");
        observer(addresses.get(2), "observer 2");
        List<Traveller> travellers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            travellers.add(traveller(addresses.get(0), "traveller " + i));
        }
        gateways.get(0).signal("TERM");
        List<Long> reconnects = new ArrayList<>();
        for (Traveller each : travellers) {
            TestClient.Closing closing = each.client().awaitClosing();
            assertEquals(1001, closing.code(), closing.toString());
            Message goaway = each.heard("goaway").get(0);
            reconnects.add(((Number) goaway.members().get("reconnect_ms")).longValue());
        }
        assertTrue(
                reconnects.stream().allMatch(ms -> ms >= 500 && ms < 5_000)
                        && reconnects.stream().distinct().count() > 4,
                "not spread: " + reconnects);
        gateways.get(0).ends();
        for (int i = 0; i < travellers.size(); i++) {
            Traveller each = travellers.get(i);
            each.returns(addresses.get(1 + i % 2), "*");
            long then = sum(each.client());
            await("going on", () -> sum(each.client()) > then);
            assertNothingWasMissing(each);
        }

        long reached = sum(travellers.get(0).client());
        URI anew = cluster.process("gateway").ticker();
        assertEquals(200, get(anew, "/health/ready").statusCode(), "it takes clients");
        TestClient first = observer(anew, "the first of the new node");
        await("told", () -> first.states().size() == 2 * SYMBOLS);
        long begin = first.heard().stream()
                .filter(message -> message.type().equals("snapshot"))
                .mapToLong(SeparateGatewaysTest::seqs)
                .sum();
        assertTrue(begin >= reached, "the new node was ready at " + begin + ", when others had told " + reached);
        Traveller back = travellers.get(0);
        back.client().close();
        back.returns(anew, "*");
        long then = sum(back.client());
        await("going on at the new one", () -> sum(back.client()) > then);

        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    private static long seqs(Message snapshot) {
        long sum = 0;
        for (Object row : (List<?>) snapshot.members().get("data")) {
            sum += ((Number) ((Map<?, ?>) row).get("seq")).longValue();
        }
        return sum;
    }
}
