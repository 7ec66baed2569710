package tickerplant.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Serves the page from memory. Only what was there at the start has a name, so that no path, however it is spelt, leads
 * anywhere else. Any container thread may call it.
 */
public final class PageServlet extends HttpServlet {
    private final transient Map<String, Page> plain = new HashMap<>();
    private final transient Map<String, Page> compressed = new HashMap<>();

    /** Reads and compresses all files. */
    public PageServlet(PageSource source) throws IOException {
        source.files().forEach((path, bytes) -> {
            Optional<PageType> type = PageType.of(path);
            if (type.isPresent()) {
                Page page = Page.plain(type.get(), bytes);
                plain.put(path, page);
                compressed.put(path, type.get().compressible() ? page.compressed() : page);
            }
        });
        alias(plain);
        alias(compressed);
    }

    /** A document is also found without its ending, and the index at the root. */
    private static void alias(Map<String, Page> pages) {
        Map.copyOf(pages).forEach((path, page) -> {
            if (path.endsWith(".html")) {
                pages.put(path.substring(0, path.length() - ".html".length()), page);
            }
        });
        Page index = pages.remove("/index");
        if (index != null) {
            pages.put("/", index);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean head = request.getMethod().equals("HEAD");
        if (!head && !request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET, HEAD");
            say(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.\n", false);
            return;
        }
        // the path as it was sent: a name that has to be decoded first is none of ours
        String path = request.getRequestURI().substring(request.getContextPath().length());
        Page page = (acceptsGzip(request.getHeader("Accept-Encoding")) ? compressed : plain).get(path);
        if (page == null) {
            say(response, HttpServletResponse.SC_NOT_FOUND, "There is nothing here.\n", head);
            return;
        }
        send(page, request.getHeader("If-None-Match"), response, head);
    }

    private static void send(Page page, String known, HttpServletResponse response, boolean head) throws IOException {
        response.setHeader("ETag", page.etag());
        // file names don't change with their content, so that a browser has to ask each time
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Vary", "Accept-Encoding");
        if (matches(known, page.etag())) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        page.send(response, head);
    }

    private static void say(HttpServletResponse response, int status, String text, boolean head) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(bytes.length);
        if (!head) {
            response.getOutputStream().write(bytes);
        }
    }

    private static boolean matches(String known, String etag) {
        if (known == null) {
            return false;
        }
        for (String tag : known.split(",", -1)) {
            String strong = tag.strip().startsWith("W/") ? tag.strip().substring(2) : tag.strip();
            if (strong.equals("*") || strong.equals(etag)) {
                return true;
            }
        }
        return false;
    }

    private static boolean acceptsGzip(String accepted) {
        if (accepted == null) {
            return false;
        }
        for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String text = coding.replace(" ", "");
            if (text.equals("gzip") || text.startsWith("gzip;")) {
                return !text.matches("gzip;q=0(\\.0*)?");
            }
        }
        return false;
    }
}
