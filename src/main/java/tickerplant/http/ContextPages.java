package tickerplant.http;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The files of the page as a container has unpacked them, or not, from the WAR. */
public final class ContextPages implements PageSource {
    private final ServletContext context;

    public ContextPages(ServletContext context) {
        this.context = context;
    }

    @Override
    public Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        collect("/", files);
        return files;
    }

    private void collect(String folder, Map<String, byte[]> files) throws IOException {
        Set<String> paths = context.getResourcePaths(folder);
        if (paths == null) {
            return;
        }
        for (String path : paths) {
            if (path.endsWith("/")) {
                collect(path, files);
            } else if (PageType.of(path).isPresent()) {
                try (InputStream in = context.getResourceAsStream(path)) {
                    files.put(path, in.readAllBytes());
                }
            }
        }
    }
}
