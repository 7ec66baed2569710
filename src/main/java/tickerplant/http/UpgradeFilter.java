package tickerplant.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tickerplant.service.BearerToken;
import tickerplant.service.Obstacle;
import tickerplant.socket.Gateway;

/**
 * Refuses upgrade requests that are not as RFC 6455, section 4.2.1, wants them, with the status that says why: some containers
 * grant them, or fail. Not all call filters before they upgrade, so nothing depends on it; who may connect is decided again
 * behind it. Those that do learn from it where the client is: the configurator can't ask. Any container thread.
 */
final class UpgradeFilter implements Filter {
    private static final int KEY_BYTES = 16;
    private static final String VERSION = "13";
    private static final int UPGRADE_REQUIRED = 426;
    private static final int HEADERS_TOO_LARGE = 431;
    private static final int MOST_QUERY = 8_192;
    private static final int MOST_HEADERS = 32_768;
    /** RFC 9110, section 5.6.2. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x08\\x0a-\\x1f\\x7f]*");

    /** An answer other than the upgrade, and the header that explains it. */
    private record Refusal(int status, Map<String, String> headers) {
        static Optional<Refusal> of(int status) {
            return Optional.of(new Refusal(status, Map.of()));
        }

        static Optional<Refusal> of(int status, String header, String value) {
            return Optional.of(new Refusal(status, Map.of(header, value)));
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
            Optional<Refusal> refusal = judge(http);
            if (refusal.isPresent()) {
                Gateway.turnedAway(Obstacle.answeredBy(refusal.get().status()), http.getRemoteAddr());
                refusal.get().headers().forEach(answer::setHeader);
                answer.setHeader("Connection", "close");
                answer.setStatus(refusal.get().status());
                answer.setContentLength(0);
                return;
            }
        }
        Gateway.arriving(request.getRemoteAddr());
        try {
            chain.doFilter(request, response);
        } finally {
            Gateway.departed();
        }
    }

    private static Optional<Refusal> judge(HttpServletRequest request) {
        List<String> keys = values(request, "Sec-WebSocket-Key");
        List<String> versions = values(request, "Sec-WebSocket-Version");
        List<String> hosts = values(request, "Host");
        if (!request.getMethod().equals("GET")) {
            return Refusal.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Allow", "GET");
        }
        if (!request.getProtocol().equals("HTTP/1.1")
                || hosts.size() != 1
                || !areReadable(request)
                || !names(request, "Upgrade", "websocket")
                || !names(request, "Connection", "upgrade")) {
            return Refusal.of(HttpServletResponse.SC_BAD_REQUEST);
        }
        if (request.getQueryString() != null && request.getQueryString().length() > MOST_QUERY) {
            return Refusal.of(HttpServletResponse.SC_REQUEST_URI_TOO_LONG);
        }
        if (headersLength(request) > MOST_HEADERS) {
            return Refusal.of(HEADERS_TOO_LARGE);
        }
        if (versions.size() != 1 || !versions.get(0).strip().equals(VERSION)) {
            return Refusal.of(UPGRADE_REQUIRED, "Sec-WebSocket-Version", VERSION);
        }
        if (keys.size() != 1 || !isKey(keys.get(0).strip())) {
            return Refusal.of(HttpServletResponse.SC_BAD_REQUEST);
        }
        if (Gateway.forbids(values(request, "Origin"), hosts)) {
            return Refusal.of(HttpServletResponse.SC_FORBIDDEN);
        }
        String query = request.getQueryString();
        return Gateway.mistrusts(
                        values(request, "Origin"), values(request, "Authorization"), query == null ? "" : query)
                ? Refusal.of(HttpServletResponse.SC_UNAUTHORIZED, "WWW-Authenticate", BearerToken.REFUSED)
                : Optional.empty();
    }

    private static List<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }

    private static boolean areReadable(HttpServletRequest request) {
        for (String name : Collections.list(request.getHeaderNames())) {
            if (!NAME.matcher(name).matches()
                    || !values(request, name).stream()
                            .allMatch(value -> VALUE.matcher(value).matches())) {
                return false;
            }
        }
        return true;
    }

    private static int headersLength(HttpServletRequest request) {
        int length = 0;
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : values(request, name)) {
                length += name.length() + value.length();
            }
        }
        return length;
    }

    /** Whether a header that is a list, with commas, has the word in it. */
    private static boolean names(HttpServletRequest request, String header, String word) {
        return values(request, header).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .anyMatch(value -> value.strip().toLowerCase(Locale.ROOT).equals(word));
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
