package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tickerplant.server.Main;

/** A program of ours in a process of its own, which may be killed. */
final class NodeProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private NodeProcess(Process process) {
        this.process = process;
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
                "-Xmx256m",
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
        return new NodeProcess(process);
    }

    /** What it says first, which it does once it serves. */
    String firstLine() throws IOException {
        String line = out.readLine();
        assertNotNull(line, "it did not start");
        return line;
    }

    /** Where clients follow the market, once it serves. */
    URI ticker() throws IOException {
        URI address = URI.create(firstLine());
        return URI.create("ws://" + address.getHost() + ":" + address.getPort() + "/ws/ticker");
    }

    /** Ends it without a word, as kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
