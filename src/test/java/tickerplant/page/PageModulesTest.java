package tickerplant.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's modules have their own tests, in their own language; the build runs them through Node. */
class PageModulesTest {
    private static final Path TESTS = Path.of("src", "test", "page");
    private static final long DEADLINE_SECONDS = 60;

    @Test
    void thePagesModulesKeepTheirPromises(@TempDir Path scratch) throws Exception {
        assumeTrue(nodeIsInstalled(), "skipped: no node on the PATH to run the page's tests with");
        List<String> files = testFiles();
        assertFalse(files.isEmpty(), () -> "no *.test.mjs in " + TESTS.toAbsolutePath());

        Path output = scratch.resolve("node.txt");
        Process node = new ProcessBuilder(Stream.concat(Stream.of("node", "--test"), files.stream())
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(
                    node.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS),
                    () -> "not done after " + DEADLINE_SECONDS + " s:\n" + read(output));
            assertEquals(0, node.exitValue(), () -> read(output));
        } finally {
            node.destroyForcibly();
        }
    }

    /** Named one by one: Node's versions differ in what they take a folder for. */
    private static List<String> testFiles() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean nodeIsInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "the output could not be read: " + e.getMessage();
        }
    }
}
