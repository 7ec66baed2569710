package tickerplant.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.checker.HandshakeRefused;
import tickerplant.checker.TestClient;
import tickerplant.service.Setting;

/** The server behind real proxies, set up with the very lines of the document that tells how. */
@Timeout(120)
class ProxiesIT {
    private static final Path DOCUMENT = Path.of("docs", "operations.md");
    private static final long START_SECONDS = 20;

    @TempDir
    Path base;

    private Process proxy;

    @AfterEach
    void end() throws InterruptedException {
        if (proxy != null) {
            proxy.descendants().forEach(ProcessHandle::destroyForcibly);
            proxy.destroyForcibly().waitFor();
        }
    }

    @Test
    void nginxPassesEverythingOn() throws Exception {
        Path nginx = program("nginx");
        follow(
                "listen 80;",
                "listen 127.0.0.1:%d;",
                lines -> List.of(
                        nginx.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        Files.writeString(
                                        base.resolve("nginx.conf"),
                                        "daemon off; pid nginx.pid; events {}\nhttp {\naccess_log off;\n"
                                                + Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                                                        .map(name -> name + "_temp_path " + base.resolve(name) + ";\n")
                                                        .reduce("", String::concat)
                                                + lines
                                                + "}\n")
                                .toString(),
                        "-p",
                        base.toString()),
                "    map $http_upgrade ");
    }

    @Test
    void haproxyPassesEverythingOn() throws Exception {
        Path haproxy = program("haproxy");
        follow(
                "bind :80",
                "bind 127.0.0.1:%d",
                lines -> List.of(
                        haproxy.toString(),
                        "-f",
                        Files.writeString(base.resolve("haproxy.cfg"), lines).toString()),
                "    defaults\n");
    }

    /** How a proxy is started with a configuration. */
    private interface Start {
        List<String> with(String lines) throws IOException;
    }

    private void follow(String listens, String listensHere, Start start, String begin) throws Exception {
        try (RunningContainer server = RunningContainer.start(
                Container.EMBEDDED,
                Map.of(Setting.FEED, "simulated?symbols=10&rate=100&seed=1", Setting.HEARTBEAT_MS, "1000"))) {
            int port = freePort();
            String lines = block(begin)
                    .replace(listens, listensHere.formatted(port))
                    .replace("127.0.0.1:8080", "127.0.0.1:" + server.port());
            proxy = new ProcessBuilder(start.with(lines))
                    .redirectErrorStream(true)
                    .redirectOutput(base.resolve("output.txt").toFile())
                    .start();
            await(() -> isOpen(port));
            String host = "127.0.0.1:" + port;
            URI address = URI.create("ws://" + host + "/ws/ticker");
            assertThrows(HandshakeRefused.class, () -> TestClient.dial(address)
                    .origin("https://evil.example")
                    .connect());
            try (TestClient client =
                    TestClient.dial(address).origin("https://" + host).connect()) {
                client.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}");
                client.await("an update", message -> message.type().equals("update"));
                client.await("a heartbeat", message -> message.type().equals("heartbeat"));
                server.terminate();
                assertEquals(1001, client.awaitClosing().code());
                assertTrue(client.heard().stream()
                        .anyMatch(message -> message.type().equals("goaway")));
            }
        }
    }

    /** The indented lines of the document from one that begins like this. */
    private static String block(String begin) throws IOException {
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf("\n" + begin) + 1;
        assertTrue(from > 0, begin);
        return text.substring(from)
                .lines()
                .takeWhile(line -> line.isEmpty() || line.startsWith("    "))
                .map(line -> line + "\n")
                .reduce("", String::concat);
    }

    private static Path program(String name) {
        List<Path> found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .toList();
        assumeTrue(!found.isEmpty(), "skipped: no " + name + " on the PATH");
        return found.get(0);
    }

    private void await(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!condition.getAsBoolean()) {
            boolean ended = proxy.waitFor(50, TimeUnit.MILLISECONDS);
            assertTrue(!ended && System.nanoTime() < deadline, Files.readString(base.resolve("output.txt")));
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // nobody listens yet
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
