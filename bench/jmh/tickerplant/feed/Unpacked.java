package tickerplant.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A recording that lies beside the project, unpacked. */
public final class Unpacked {
    private Unpacked() {}

    /**
     * All its bytes.
     *
     * @throws IOException where it can't be read, or isn't there
     */
    public static byte[] bytes(String source, String name) throws IOException {
        Path file = Path.of("..", "shared", "data", source, name);
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is absent, not measured");
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }
}
