package tickerplant.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tickerplant.checker.Key;
import tickerplant.checker.TestClient;
import tickerplant.service.Setting;

/** Forty clients that never read beside a hundred that do, in a heap of 400 MB at most, in every container. */
@Tag("containers")
@Timeout(180)
class StalledClientsIT {
    private static final int STALLED = 40;
    private static final int HEALTHY = 100;
    private static final Duration SLOW = Duration.ofSeconds(10);
    /** Until as much is unread as a client may have, and until the next look at the clock. */
    private static final Duration SPARE = Duration.ofSeconds(10);

    private static final Pattern SESSIONS = Pattern.compile("\"sessions\":(\\d+)");
    private static final PlayedMarket MARKET = new PlayedMarket();

    @ParameterizedTest
    @EnumSource
    void theStalledAreGoneInTimeAndTheHealthyLoseNothing(Container container) throws Exception {
        Path recording =
                Files.createDirectories(Path.of("target", "containers")).resolve("stalled.ndjson");
        MARKET.write(recording);
        Map<Setting, String> settings = Map.of(
                Setting.FEED,
                "replay:" + recording + " simulated?symbols=300&rate=3000&seed=1",
                Setting.SLOW_MS,
                String.valueOf(SLOW.toMillis()));
        List<TestClient> stalled = new ArrayList<>();
        try (RunningContainer server = RunningContainer.start(container, settings);
                Clients clients = new Clients(server, MARKET)) {
            List<TestClient> healthy = new ArrayList<>();
            for (int i = 0; i < HEALTHY; i++) {
                TestClient client = clients.observer("healthy " + i);
                client.request(subscribe("MOVE*"));
                healthy.add(client);
            }
            for (int i = 0; i < STALLED; i++) {
                TestClient client = TestClient.dial(server.socket("/ws/ticker"))
                        .receiveBuffer(16 * 1024)
                        .connect();
                client.request(subscribe("*"));
                client.stopReading();
                stalled.add(client);
            }
            long start = System.nanoTime();
            while (sessions(server) > HEALTHY) {
                assertTrue(
                        System.nanoTime() - start < SLOW.plus(SPARE).toNanos(), sessions(server) + " are still there");
            }
            long seq = seq(healthy.get(0), 0) + 20;
            for (TestClient client : healthy) {
                seq(client, seq);
            }
            assertEquals(HEALTHY, sessions(server));
            for (TestClient client : stalled) {
                client.resumeReading();
                client.awaitClosing();
            }
        } finally {
            stalled.forEach(TestClient::close);
        }
    }

    private static String subscribe(String symbols) {
        return "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"" + symbols + "\"]}";
    }

    private static long seq(TestClient client, long least) {
        return client.awaitState(Key.of("ticker", "MOVE0"), "seq " + least, state -> state.seq() >= least)
                .seq();
    }

    private static int sessions(RunningContainer server) throws Exception {
        Matcher sessions = SESSIONS.matcher(server.get("/health/ready").body());
        assertTrue(sessions.find());
        return Integer.parseInt(sessions.group(1));
    }
}
