package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.checker.TestClient;

/** Who doesn't ask for Kafka pays nothing for it: not one class of it is loaded. */
class WithoutKafkaTest {
    @TempDir
    Path folder;

    @Test
    void notOneClassOfItIsLoaded() throws Exception {
        Path loaded = folder.resolve("loaded");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + loaded,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--port",
                "0",
                "--feed",
                "simulated");
        builder.environment().keySet().removeIf(name -> name.startsWith("TICKERPLANT_"));
        Process process = builder.redirectError(folder.resolve("log").toFile()).start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            URI address = URI.create(out.readLine());
            get(address.resolve("/metrics"));
            get(address.resolve("/health/ready"));
            publish(address.resolve("/api/v1/feed"));
            try (TestClient client = TestClient.dial(
                            URI.create("ws://" + address.getHost() + ":" + address.getPort() + "/ws/ticker"))
                    .connect()) {
                client.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}");
                client.await("an update", Duration.ofSeconds(30), message -> message.type()
                        .equals("update"));
            }
        } finally {
            process.destroy();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it did not end");
        }

        try (Stream<String> lines = Files.lines(loaded)) {
            List<String> ours = lines.map(line -> line.replaceFirst("^(\\[[^]]*])* *(\\S+) .*", "$2"))
                    .filter(name -> name.startsWith("org.apache.kafka")
                            || name.startsWith("org.slf4j")
                            || name.startsWith("tickerplant.bus.kafka")
                            || name.equals("tickerplant.bus.Bus"))
                    .toList();
            assertEquals(List.of("tickerplant.bus.Bus"), ours, "the one that shows that the list tells anything");
        }
    }

    private static void get(URI address) throws Exception {
        send(HttpRequest.newBuilder(address));
    }

    private static void publish(URI address) throws Exception {
        send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"type\":\"publish\",\"data\":[{\"symbol\":\"DESK.A\",\"price\":10.5,\"size\":100}]}")));
    }

    private static void send(HttpRequest.Builder request) throws Exception {
        assertEquals(
                200,
                HttpClient.newHttpClient()
                        .send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.discarding())
                        .statusCode());
    }
}
