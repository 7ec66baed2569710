package tickerplant.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tickerplant.service.Setting;

/** A container with the WAR in it, as a child process on a free port of the loopback interface. One thread. */
final class RunningContainer implements AutoCloseable {
    /** On a machine that does other things besides. */
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);

    private static final int LOG_SHOWN = 20_000;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path log;

    private RunningContainer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts it with these settings, and returns once it is ready for clients. */
    static RunningContainer start(Container container, Map<Setting, String> settings, String... jvmOptions)
            throws IOException, InterruptedException {
        Path base = emptyFolder(container.name().toLowerCase(Locale.ROOT));
        int port = freePort();
        List<String> command = container.command(base, port);
        command.addAll(1, List.of(jvmOptions));
        Path log = base.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TICKERPLANT_"));
        builder.environment().putAll(container.environment(base));
        settings.forEach((setting, value) -> builder.environment().put(setting.environment(), value));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        RunningContainer running = new RunningContainer(process, port, log);
        running.awaitReady();
        return running;
    }

    private static Path emptyFolder(String name) throws IOException {
        Path folder = Path.of(System.getProperty("containers"), "run", name).toAbsolutePath();
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + START_DEADLINE.toNanos();
        while (!isReady()) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                end(process);
                throw new AssertionError("not ready:\n" + log());
            }
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false; // nobody listens yet
        }
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(http(path)).timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    int port() {
        return port;
    }

    URI http(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    URI socket(String path) {
        return URI.create("ws://127.0.0.1:" + port + path);
    }

    Process process() {
        return process;
    }

    /** The end of what it has written to its standard streams. */
    String log() {
        try {
            String all = Files.readString(log);
            return all.substring(Math.max(0, all.length() - LOG_SHOWN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, as an operator would. */
    void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        end(process);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
