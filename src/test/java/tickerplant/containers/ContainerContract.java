package tickerplant.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tickerplant.service.Setting;

/** What the WAR promises in every container. A subclass says in which, and what that does otherwise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class ContainerContract implements Conversations, PageAndApi, WireManners {
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
                        "1000000"));
    }

    @AfterAll
    void end() {
        if (server != null) {
            server.close();
        }
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
