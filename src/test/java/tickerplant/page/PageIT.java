package tickerplant.page;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of the runnable WAR in a real browser, used as a reader would. Screenshots of it lie in {@code
 * target/screenshots} afterwards.
 */
@Timeout(1_000)
class PageIT {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final long USE_SECONDS = 600;

    @TempDir
    Path scratch;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(Browser::end);
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
    @Tag("faults")
    void anHourOfTheMarketNeedsNoMoreMemoryThanTenMinutes() throws Exception {
        browse("hour.mjs", SCREENSHOTS.toAbsolutePath().toString());
    }

    private void browse(String... script) throws Exception {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(script));
        try (Browser browser = Browser.installed(scratch)) {
            browser.run(USE_SECONDS, command.toArray(String[]::new));
        }
    }

    /** Starts it with the feeds of the default, made repeatable; returns where its page is. */
    private String startTheService() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
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

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
