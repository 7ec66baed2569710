package tickerplant.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of the runnable WAR in a real browser, used as a reader would. Screenshots of it lie in {@code
 * target/screenshots} afterwards.
 */
@Timeout(1_000)
class PageIT {
    private static final Path SOURCE = Path.of("src", "test", "page", "browser");
    /** Installed and run outside of the source folder, which stays as it is. */
    private static final Path WORK = Path.of("target", "page-browser");

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final int LAST_LINES = 8;
    private static final long INSTALL_SECONDS = 240;
    private static final long USE_SECONDS = 600;

    private static boolean installed;

    @TempDir
    Path scratch;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(PageIT::end);
    }

    /** The browser is a child of the child. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Test
    void theRunningServicesPageCanBeUsed() throws Exception {
        browse("page.mjs", startTheService(), SCREENSHOTS.toAbsolutePath().toString());

        for (String name : List.of("light-1280.png", "dark-1280.png", "light-390.png", "dark-390.png")) {
            assertTrue(Files.size(SCREENSHOTS.resolve(name)) > 10_000, name + " shows nothing");
        }
    }

    /** Killed and replaced by another one; and a page that is hidden for a while. */
    @Test
    void aPageOutlivesItsService() throws Exception {
        browse("outage.mjs", SCREENSHOTS.toAbsolutePath().toString());
    }

    @Test
    void anHourOfTheMarketNeedsNoMoreMemoryThanTenMinutes() throws Exception {
        browse("hour.mjs", SCREENSHOTS.toAbsolutePath().toString());
    }

    private void browse(String... script) throws Exception {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(script));
        ProcessBuilder use = new ProcessBuilder(command);
        use.environment().put("CHROMIUM", chromium().orElseThrow().toString());
        use.environment().put("SERVICE_JAVA", JAVA);
        use.environment().put("SERVICE_WAR", System.getProperty("war"));
        run(script[0], USE_SECONDS, use);
    }

    @BeforeEach
    void installTheDriver() throws Exception {
        assumeTrue(onPath("node").isPresent(), "skipped: no node on the PATH to drive a browser with");
        assumeTrue(onPath("npm").isPresent(), "skipped: no npm on the PATH to install the browser's driver with");
        assumeTrue(
                chromium().isPresent(), "skipped: no Chromium, neither named by CHROMIUM nor as chromium on the PATH");
        copyTheTest();
        if (!installed) {
            run(
                    "npm",
                    INSTALL_SECONDS,
                    new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--no-update-notifier"));
            installed = true;
        }
    }

    private static void copyTheTest() throws IOException {
        Files.createDirectories(WORK);
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(WORK.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    /** Starts it with the feeds of the default, made repeatable; returns where its page is. */
    private String startTheService() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        JAVA,
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-jar",
                        System.getProperty("war"),
                        "--port",
                        "0",
                        "--feed",
                        "simulated?symbols=100&rate=1000&seed=1",
                        "--feed",
                        "sample")
                .redirectError(scratch.resolve("service.txt").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TICKERPLANT_"));
        Process service = builder.start();
        started.add(service);
        String address = service.inputReader(StandardCharsets.UTF_8).readLine();
        assertNotNull(address, () -> "the service did not start:\n" + read(scratch.resolve("service.txt")));
        return address;
    }

    private void run(String name, long deadlineSeconds, ProcessBuilder builder) throws Exception {
        Path output = scratch.resolve(name + ".txt");
        Process process = builder.directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        started.add(process);
        if (!process.waitFor(deadlineSeconds, TimeUnit.SECONDS)) {
            end(process);
            throw new AssertionError(name + " was not done after " + deadlineSeconds + " s: " + lastLines(output));
        }
        assertEquals(0, process.exitValue(), () -> name + " failed: " + lastLines(output));
    }

    private static Optional<Path> chromium() {
        String named = System.getenv().getOrDefault("CHROMIUM", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> onPath(name).stream())
                .findFirst();
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** In a single line, for of a failure's message a build's summary shows no more. */
    private static String lastLines(Path output) {
        List<String> lines =
                read(output).lines().filter(line -> !line.isBlank()).toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
