package tickerplant.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium, driven by scripts for Node. Where one of both is missing, the test that asks for it is skipped. */
public final class Browser implements AutoCloseable {
    private static final Path SOURCE = Path.of("src", "test", "page", "browser");
    /** Installed and run outside of the source folder, which stays as it is. */
    private static final Path WORK = Path.of("target", "page-browser");

    private static final long INSTALL_SECONDS = 240;
    private static final int LAST_LINES = 8;

    private static boolean isInstalled;

    private final Path chromium;
    private final Path scratch;
    private final List<Process> started = new ArrayList<>();

    private Browser(Path chromium, Path scratch) {
        this.chromium = chromium;
        this.scratch = scratch;
    }

    /**
     * Installs what drives it.
     *
     * @param scratch for what it says
     */
    public static synchronized Browser installed(Path scratch) throws Exception {
        assumeTrue(onPath("node").isPresent(), "skipped: no node on the PATH to drive a browser with");
        assumeTrue(onPath("npm").isPresent(), "skipped: no npm on the PATH to install the browser's driver with");
        Optional<Path> chromium = chromium();
        assumeTrue(chromium.isPresent(), "skipped: no Chromium, neither named by CHROMIUM nor as chromium on the PATH");
        Browser browser = new Browser(chromium.get(), scratch);
        Files.createDirectories(WORK);
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(WORK.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        if (!isInstalled) {
            browser.run(
                    INSTALL_SECONDS,
                    "npm",
                    "ci",
                    "--prefer-offline",
                    "--no-audit",
                    "--no-fund",
                    "--no-update-notifier");
            isInstalled = true;
        }
        return browser;
    }

    /** Runs a program in the folder of the scripts, which has to end in time and without complaint. */
    public void run(long deadlineSeconds, String... command) throws Exception {
        Path output = scratch.resolve(started.size() + ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("CHROMIUM", chromium.toString());
        builder.environment()
                .put(
                        "SERVICE_JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().put("SERVICE_WAR", System.getProperty("war"));
        Process process = builder.start();
        started.add(process);
        String name = String.join(" ", command);
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
        try {
            List<String> lines = Files.readAllLines(output).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        started.forEach(Browser::end);
    }

    /** The browser is a child of the child. */
    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
