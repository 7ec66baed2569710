package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageFilesTest {
    private static final List<String> OTHERS = List.of(
            "WEB-INF/web.json",
            "web-inf/x.html",
            "META-INF/MANIFEST.MF",
            "META-INF/a.txt",
            "org/springframework/boot/loader/Launcher.class",
            ".git.html",
            "js/.hidden.js",
            "readme.md",
            "html");

    @TempDir
    Path folder;

    @Test
    void aFolderGivesThePagesFilesAndNothingElse() throws IOException {
        Path webapp = folder.resolve("webapp");
        write(webapp.resolve("index.html"));
        write(webapp.resolve("js/app.js"));
        for (String other : OTHERS) {
            write(webapp.resolve(other));
        }
        assertPage(PageFiles.in(webapp));
    }

    @Test
    void anArchiveGivesThePagesFilesAndNothingElse() throws IOException {
        assertPage(PageFiles.in(war("a.war")));
    }

    @Test
    void theArchiveIsFoundFromWhereTheLoaderSaysThatAClassLies() throws IOException {
        Path war = war("a b+c.war");
        String path = war.toUri().getRawPath();
        assertPage(PageFiles.around(url("jar:nested:" + path + "/!WEB-INF/classes/!/"), folder.resolve("none")));
        assertPage(PageFiles.around(url("jar:file:" + path + "!/WEB-INF/classes!/"), folder.resolve("none")));
    }

    @Test
    void classFilesMeanTheFolder() throws IOException {
        Path webapp = folder.resolve("webapp");
        write(webapp.resolve("index.html"));
        write(webapp.resolve("js/app.js"));
        assertPage(PageFiles.around(folder.resolve("target/classes").toUri().toURL(), webapp));
    }

    @Test
    void aMissingPlaceIsNamed() {
        Path missing = folder.resolve("missing");
        IOException refused =
                assertThrows(IOException.class, () -> PageFiles.in(missing).files());
        assertTrue(refused.getMessage().contains(missing.toString()), refused.getMessage());
    }

    private static void assertPage(PageFiles files) throws IOException {
        Map<String, byte[]> found = files.files();
        assertEquals(Set.of("/index.html", "/js/app.js"), found.keySet());
        assertArrayEquals("app.js".getBytes(StandardCharsets.UTF_8), found.get("/js/app.js"));
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, file.getFileName().toString());
    }

    private Path war(String name) throws IOException {
        Path war = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(war);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            add(zip, "index.html");
            add(zip, "js/app.js");
            for (String other : OTHERS) {
                add(zip, other);
            }
        }
        return war;
    }

    private static void add(ZipOutputStream zip, String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.substring(name.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** A URL of a scheme that only the loader of a runnable archive knows. */
    private static URL url(String text) throws MalformedURLException {
        return new URL(null, text, new URLStreamHandler() {
            @Override
            protected void parseURL(URL url, String spec, int start, int limit) {
                setURL(url, "jar", "", -1, null, null, spec.substring(start, limit), null, null);
            }

            @Override
            protected URLConnection openConnection(URL url) throws IOException {
                throw new IOException("nobody opens it: " + URI.create(url.toString()));
            }
        });
    }
}
