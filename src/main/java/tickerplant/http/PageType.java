package tickerplant.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kinds of file that belong to the page. What is of no kind here is never served. */
public enum PageType {
    HTML("text/html; charset=utf-8", true),
    JS("text/javascript; charset=utf-8", true),
    MJS("text/javascript; charset=utf-8", true),
    CSS("text/css; charset=utf-8", true),
    SVG("image/svg+xml", true),
    JSON("application/json", true),
    WEBMANIFEST("application/manifest+json", true),
    TXT("text/plain; charset=utf-8", true),
    PNG("image/png", false),
    ICO("image/x-icon", false),
    WOFF2("font/woff2", false);

    private static final Pattern HIDDEN = Pattern.compile("(?i)/(\\.|WEB-INF/|META-INF/).*");

    private final String contentType;
    private final boolean compressible;

    PageType(String contentType, boolean compressible) {
        this.contentType = contentType;
        this.compressible = compressible;
    }

    /**
     * The kind of a file, or nothing where it is none of the page's: unknown endings, hidden files, and the folders that
     * a container keeps to itself.
     *
     * @param path from the root of the web application, beginning with a slash
     */
    public static Optional<PageType> of(String path) {
        if (HIDDEN.matcher(path).find()) {
            return Optional.empty();
        }
        String ending = path.substring(path.lastIndexOf('.') + 1);
        return Stream.of(values())
                .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(ending))
                .findFirst();
    }

    String contentType() {
        return contentType;
    }

    boolean compressible() {
        return compressible;
    }
}
