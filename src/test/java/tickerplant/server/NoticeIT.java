package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The WAR says under which terms it, and all that it carries, may be used. */
class NoticeIT {
    @Test
    void licenceAndNoticeAreInTheWar() throws IOException {
        try (ZipFile war = new ZipFile(System.getProperty("war"))) {
            for (String name : List.of("LICENSE", "NOTICE")) {
                ZipEntry entry = war.getEntry("META-INF/" + name);
                assertTrue(entry != null, "no META-INF/" + name);
                try (InputStream in = war.getInputStream(entry)) {
                    String inWar = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    assertEquals(Files.readString(Path.of(name)), inWar, name);
                }
            }
        }
    }

    @Test
    void theNoticeNamesEveryLibraryInItsVersion() throws IOException {
        String notice = Files.readString(Path.of("NOTICE"));
        try (ZipFile war = new ZipFile(System.getProperty("war"))) {
            List<String> libraries = war.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.substring(name.lastIndexOf('/') + 1)
                            .replaceFirst("-(\\d[\\w.]*(?:-\\d+)?)\\.jar$", " $1"))
                    .toList();
            assertFalse(libraries.isEmpty());
            assertEquals(
                    List.of(),
                    libraries.stream()
                            .filter(name -> !notice.contains(name + "\n"))
                            .toList(),
                    "libraries that the notice doesn't name");
        }
    }
}
