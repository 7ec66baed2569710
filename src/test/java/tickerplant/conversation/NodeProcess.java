package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tickerplant.server.Main;

/** A program of ours in a process of its own, which may be killed. */
final class NodeProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final BufferedReader out;

    private NodeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** A node of the service. */
    static NodeProcess node(Path log, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--port", "0"));
        all.addAll(List.of(options));
        return of(log, Main.class, all);
    }

    /** Any program; its log goes on in the file. */
    static NodeProcess of(Path log, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TICKERPLANT_"));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new NodeProcess(process, log);
    }

    /** What it says first, which it does once it serves. */
    String firstLine() {
        return CompletableFuture.supplyAsync(this::readLine)
                .completeOnTimeout(Optional.empty(), 90, TimeUnit.SECONDS)
                .join()
                .orElseThrow(() -> new AssertionError("it did not start: " + log()));
    }

    private Optional<String> readLine() {
        try {
            return Optional.ofNullable(out.readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Where clients follow the market, once it serves. */
    URI ticker() {
        URI address = URI.create(firstLine());
        return URI.create("ws://" + address.getHost() + ":" + address.getPort() + "/ws/ticker");
    }

    /** Asks it to end, as kill does. */
    void terminate() {
        process.destroy();
    }

    /** Its exit code, once it has ended. */
    int awaitEnd() throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it goes on");
        return process.exitValue();
    }

    /** Ends it without a word, as kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it can't be killed");
    }

    /** Sends it a signal, such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertTrue(kill.waitFor(30, TimeUnit.SECONDS) && kill.exitValue() == 0, "kill -" + name);
    }

    /** Waits until it has ended. */
    int ends() throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it did not end");
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
