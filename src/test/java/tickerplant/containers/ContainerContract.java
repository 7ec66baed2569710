package tickerplant.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import tickerplant.checker.TestClient;
import tickerplant.service.Setting;

/** What the WAR promises in every container. A subclass says in which, and what that does otherwise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
abstract class ContainerContract implements Conversations, PageAndApi, WireManners {
    /** Tyrus doesn't look whether frames are masked, and ends what it can't read with a code of its own. */
    static final Map<BadFrames, Integer> BORNE_BY_TYRUS = Map.of(
            BadFrames.UNMASKED_TEXT,
            NOTHING,
            BadFrames.UNMASKED_PING,
            NOTHING,
            BadFrames.MESSAGE_OF_FIVE_MEBIBYTES_THAT_BEGINS,
            1011,
            BadFrames.LENGTH_BELOW_ZERO,
            1011);

    private static final int STOP_SECONDS = 5;
    private static final PlayedMarket MARKET = new PlayedMarket();

    private final Container container;
    private RunningContainer server;

    ContainerContract(Container container) {
        this.container = container;
    }

    @BeforeAll
    void start() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "containers"));
        Path recording = folder.resolve(container + ".ndjson");
        MARKET.write(recording);
        server = RunningContainer.start(
                container,
                Map.of(
                        Setting.FEED,
                        "replay:" + recording + " simulated?symbols=100&rate=1000&seed=1",
                        Setting.ECHO,
                        "true",
                        Setting.HEARTBEAT_MS,
                        "2000",
                        Setting.REQUESTS_PER_S,
                        "1000000",
                        Setting.SESSIONS_PER_ADDRESS,
                        String.valueOf(MOST_OF_ONE_ADDRESS)));
    }

    @AfterAll
    void end() {
        if (server != null) {
            server.close();
        }
    }

    /** What a client hears at the end. */
    Farewell farewell() {
        return new Farewell(true, 1001);
    }

    /**
     * How a server said that it stops.
     *
     * @param announced whether by a {@code goaway}, with the time after which to come back
     * @param code that of the close, 1006 where none came
     */
    record Farewell(boolean announced, int code) {}

    @Test
    @Order(Integer.MAX_VALUE)
    void askedToEndItSaysGoodbyeAndIsGoneInTime() throws Exception {
        try (TestClient client =
                TestClient.dial(server.socket("/ws/ticker")).raw().connect()) {
            client.hears("""
                {"type":"welcome"}""");
            server.terminate();
            int code = client.awaitClosing().code();
            boolean announced =
                    client.heard().stream().anyMatch(message -> message.type().equals("goaway"));
            assertEquals(farewell(), new Farewell(announced, code));
        }
        assertTrue(server.process().waitFor(STOP_SECONDS, TimeUnit.SECONDS), "not gone after " + STOP_SECONDS + " s");
        assertFalse(Traces.tellOfUs(server.log()), server.log());
    }

    @Override
    public RunningContainer server() {
        return server;
    }

    @Override
    public Map<BadHandshake, Integer> handshakesGranted() {
        return Map.of();
    }

    @Override
    public Map<BadFrames, Integer> framesBorne() {
        return Map.of();
    }

    @Override
    public Map<String, Integer> pathsAnsweredOtherwise() {
        return Map.of();
    }

    @Override
    public Clients clients() {
        return new Clients(server, MARKET);
    }
}
