package tickerplant.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tickerplant.http.PageSource;
import tickerplant.http.PageType;

/** The files of the page where no container hands them out: in the WAR that runs, or in the project's folder. */
final class PageFiles implements PageSource {
    /** Where the loader says a class lies that came out of a runnable archive. */
    private static final Pattern NESTED = Pattern.compile("jar:(?:nested:|file:)(.+?)/?!.*");

    private final Path place;

    private PageFiles(Path place) {
        this.place = place;
    }

    /** A WAR file, or a folder with what lies at its root. */
    static PageFiles in(Path place) {
        return new PageFiles(place);
    }

    /**
     * The archive out of which a class runs, or the folder where it runs from class files.
     *
     * @param location where the class was loaded from
     */
    static PageFiles around(URL location, Path folder) {
        Matcher nested = NESTED.matcher(location.toString());
        return new PageFiles(nested.matches() ? Path.of(URI.create("file:" + nested.group(1))) : folder);
    }

    @Override
    public Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        if (!Files.exists(place)) {
            throw new IOException("the page is expected in " + place.toAbsolutePath() + ", and nothing is there");
        }
        if (Files.isDirectory(place)) {
            fromFolder(files);
        } else {
            fromArchive(files);
        }
        return files;
    }

    private void fromFolder(Map<String, byte[]> files) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = "/" + place.relativize(file).toString().replace('\\', '/');
                if (PageType.of(path).isPresent()) {
                    files.put(path, Files.readAllBytes(file));
                }
            }
        }
    }

    private void fromArchive(Map<String, byte[]> files) throws IOException {
        try (ZipFile archive = new ZipFile(place.toFile())) {
            for (Enumeration<? extends ZipEntry> all = archive.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                String path = "/" + entry.getName();
                if (!entry.isDirectory() && PageType.of(path).isPresent()) {
                    try (InputStream in = archive.getInputStream(entry)) {
                        files.put(path, in.readAllBytes());
                    }
                }
            }
        }
    }
}
