package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.service.Version;

/** The WAR as a program of its own, in a process of its own. */
@Timeout(120)
class RunnableWarIT {
    private static final int TERMINATED = 143;

    @TempDir
    Path temporary;

    @TempDir
    Path logs;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    private Process run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                // the JVM's own counters would lie in the temporary folder of the machine
                "-XX:-UsePerfData",
                "-jar",
                System.getProperty("war")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(logs.resolve("stderr").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TICKERPLANT_"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String errors() throws IOException {
        return Files.readString(logs.resolve("stderr"));
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void servesThePageAndGoesWithoutATraceWhenAskedTo() throws Exception {
        Process process = run("--port", "0", "--feed", "none");
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        URI address = URI.create(lines.readLine());
        for (Map.Entry<String, byte[]> file :
                PageFiles.in(Path.of("webapp")).files().entrySet()) {
            HttpResponse<byte[]> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address.resolve(file.getKey()))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            BodyHandlers.ofByteArray());
            assertEquals(200, response.statusCode(), file.getKey());
            assertArrayEquals(file.getValue(), response.body(), file.getKey());
        }
        process.destroy();
        assertTrue(process.waitFor(5, TimeUnit.SECONDS), "still there after 5 s");
        assertEquals(TERMINATED, process.exitValue());
        assertNothingLeft();
        assertTrue(errors().lines().noneMatch(line -> line.contains("WARNING") || line.contains("SEVERE")), errors());
    }

    @Test
    void leavesNothingBehindEvenWhenKilled() throws Exception {
        Process process = run("--port", "0", "--feed", "none");
        process.inputReader(StandardCharsets.UTF_8).readLine();
        process.destroyForcibly().waitFor();
        assertNothingLeft();
    }

    @Test
    void helpAndVersionEndWithZero() throws Exception {
        Process help = run("--help");
        assertTrue(output(help).startsWith("Usage: java -jar tickerplant.war "));
        assertEquals(0, help.waitFor());
        Process version = run("--version");
        assertEquals("tickerplant " + Version.NUMBER, output(version).strip());
        assertEquals(0, version.waitFor());
        assertNothingLeft();
    }

    @Test
    void aBadOptionIsOneLineAndCodeTwo() throws Exception {
        Process process = run("--port", "99999");
        assertEquals("", output(process));
        assertEquals(2, process.waitFor());
        assertEquals(
                "tickerplant: port=99999 from --port, expected a whole number between 0 and 65535", errors().strip());
    }

    @Test
    void aPortThatIsTakenIsOneLineAndCodeOne() throws Exception {
        Process first = run("--port", "0", "--feed", "none");
        int port =
                URI.create(first.inputReader(StandardCharsets.UTF_8).readLine()).getPort();
        Process second = run("--port", String.valueOf(port), "--feed", "none");
        assertEquals("", output(second));
        assertEquals(1, second.waitFor());
        assertTrue(
                errors().endsWith("tickerplant: can't listen on port " + port + " of 127.0.0.1: Address already in use"
                        + System.lineSeparator()),
                errors());
    }
}
