package tickerplant.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tickerplant.checker.Checker;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;

/** The clients of one conversation. When it ends, all that they heard is judged, and then they go. One thread. */
final class Clients implements AutoCloseable {
    private final Observatory observatory = new Observatory();
    private final List<TestClient> connected = new ArrayList<>();
    private final RunningContainer server;

    Clients(RunningContainer server, PlayedMarket market) {
        this.server = server;
        market.tell(observatory.feed());
    }

    Observatory observatory() {
        return observatory;
    }

    /** One that is always in time. */
    TestClient observer(String name) throws IOException {
        return connect(observatory.observer(name), Optional.empty());
    }

    TestClient client(Checker checker) throws IOException {
        return connect(checker, Optional.empty());
    }

    TestClient client(String name) throws IOException {
        return client(observatory.checker(name));
    }

    /** One that can stall, since the kernel holds little for it. */
    TestClient slow(String name) throws IOException {
        return connect(observatory.checker(name), Optional.of(16 * 1024));
    }

    private TestClient connect(Checker checker, Optional<Integer> receiveBuffer) throws IOException {
        TestClient.Dial dial = TestClient.dial(server.socket("/ws/ticker"))
                .subprotocol("tickerplant.v1")
                .checkedBy(checker);
        receiveBuffer.ifPresent(dial::receiveBuffer);
        TestClient client = dial.connect();
        connected.add(client);
        return client;
    }

    @Override
    public void close() {
        try {
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        } finally {
            connected.forEach(TestClient::close);
        }
    }
}
