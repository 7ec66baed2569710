package tickerplant.http;

import java.io.IOException;
import java.util.Map;

/** Where the files of the page come from: the container's context, the WAR file, or a folder. */
public interface PageSource {
    /**
     * Reads all files of a known {@link PageType}, once, at the start.
     *
     * @return their content by path, such as {@code /js/app.js}
     */
    Map<String, byte[]> files() throws IOException;
}
