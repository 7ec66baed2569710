package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
import tickerplant.server.TestService;

/** A feed without numbers runs on one node at a time, and another one goes on with it when that node is gone. */
@Tag("kafka")
class StandbyFeedTest {
    private static final int SYMBOLS = 5;

    @TempDir
    private Path folder;

    private final Observatory observatory = new Observatory();
    private NodeCluster cluster;
    private TestService gateway;
    private TestClient follower;
    private int told;
    private int expected;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        cluster = new NodeCluster(folder);
        gateway = cluster.service("gateway");
        for (int i = 0; i < SYMBOLS; i++) {
            observatory.feed().known("L" + i, "0");
        }
        follower = cluster.with(TestClient.dial(gateway.ticker())
                .checkedBy(observatory.observer("follower"))
                .connect());
        follower.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"trades\",\"symbols\":[\"L*\"]}");
        follower.request("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"ticker\",\"symbols\":[\"L*\"]}");
    }

    @AfterEach
    void stop() throws Exception {
        cluster.stop();
    }

    private NodeProcess feedNode(int port) throws IOException {
        NodeProcess node = cluster.process("feed", "--feed", "lines?port=" + port);
        node.firstLine();
        return node;
    }

    private Socket connect(int port) throws InterruptedException {
        AtomicReference<Socket> socket = new AtomicReference<>();
        await("listening", () -> tryToConnect(port)
                .map(made -> {
                    socket.set(made);
                    return true;
                })
                .orElse(false));
        return cluster.with(socket.get());
    }

    private static Optional<Socket> tryToConnect(int port) {
        try {
            return Optional.of(new Socket(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            return Optional.empty(); // nobody listens
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String line(int number) {
        return "{\"symbol\":\"L%d\",\"price\":%d.%02d,\"size\":1}\n"
                .formatted(number % SYMBOLS, 1 + number / 100, number % 100);
    }

    /** Sends so many trades, which count. */
    private void says(Socket socket, int count) throws IOException {
        for (int i = 0; i < count; i++, told++, expected++) {
            observatory.feed().trade("L" + told % SYMBOLS, "%d.%02d".formatted(1 + told / 100, told % 100), "1");
            socket.getOutputStream().write(line(told).getBytes(StandardCharsets.UTF_8));
        }
    }

    private long heard() {
        long heard = 0;
        for (int i = 0; i < SYMBOLS; i++) {
            Folded state = follower.states().get(Key.of("trades", "L" + i));
            heard += state == null ? 0 : state.seq();
        }
        return heard;
    }

    @Test
    void anotherNodeGoesOnWhenTheOneThatRanItWasKilled() throws Exception {
        int first = Broker.freePort();
        int second = Broker.freePort();
        NodeProcess active = feedNode(first);
        Socket socket = connect(first);
        feedNode(second);
        says(socket, 200);
        await("told", () -> heard() == expected);
        assertTrue(!listens(second), "both run it");
        active.kill();
        says(connect(second), 200);
        await("told by the other", () -> heard() == expected);

        assertEquals(400, expected);
        assertEquals(0, gateway.tickerplant().repeated(), "something came twice");
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    @Test
    void aNodeThatStopsLetsTheOtherGoOnAtOnce() throws Exception {
        int first = Broker.freePort();
        int second = Broker.freePort();
        NodeProcess active = feedNode(first);
        Socket socket = connect(first);
        feedNode(second);
        says(socket, 50);
        await("told", () -> heard() == expected);
        active.signal("TERM");
        assertTrue(active.ends() >= 0);
        says(connect(second), 50);
        await("told by the other", () -> heard() == expected);
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    @Test
    void whatANodeTellsThatWasTakenForDeadCountsNoMore() throws Exception {
        int first = Broker.freePort();
        int second = Broker.freePort();
        NodeProcess active = feedNode(first);
        Socket socket = connect(first);
        feedNode(second);
        says(socket, 50);
        await("told", () -> heard() == expected);
        active.signal("STOP");
        Socket another = connect(second);
        says(another, 50);
        await("told by the other", () -> heard() == expected);
        socket.getOutputStream()
                .write("{\"symbol\":\"L1\",\"price\":999,\"size\":1}\n"
                        .repeat(20)
                        .getBytes(StandardCharsets.UTF_8));
        active.signal("CONT");
        await("stepping back", () -> !listens(first));
        says(another, 50);
        await("told still", () -> heard() == expected);

        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }
}
