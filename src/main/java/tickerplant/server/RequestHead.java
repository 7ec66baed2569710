package tickerplant.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands before the body of a request, read more strictly than by Grizzly and Tyrus: what they would overlook or fail
 * at is refused (RFC 9112, sections 2 to 6, and RFC 6455, section 4.2.1).
 */
final class RequestHead {
    private static final int MOST_HEADERS = 100;
    /** Room for the longest token, which may stand there, and its path. */
    private static final int LONGEST_TARGET = 8_192 + 512;

    private static final int KEY_BYTES = 16;
    private static final int LONGEST_LENGTH = 10;

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern TARGET = Pattern.compile("[\\x21-\\x7e]+");
    /** In a path: control characters, slashes in disguise, and backslashes, at which Grizzly fails. */
    private static final Pattern DEVIOUS = Pattern.compile("(?i)%[01][0-9a-f]|%7f|%2f|%5c|\\\\");

    private static final Pattern DOT = Pattern.compile("(?i)%2e");
    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
    /** Tabs, and all that is no control character: RFC 9110, section 5.5. */
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=%:\\[\\]-]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1," + LONGEST_LENGTH + "}");

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Optional<Refusal> refusal;
    private String method = "";
    private String target = "";
    private String version = "";

    private RequestHead(String text) {
        refusal = read(text);
    }

    /**
     * Reads one.
     *
     * @param text up to and with the empty line, a character for each byte
     */
    static RequestHead read(byte[] text, int length) {
        return new RequestHead(new String(text, 0, length, StandardCharsets.ISO_8859_1));
    }

    /** Why it is not taken, where it isn't. */
    Optional<Refusal> refusal() {
        return refusal;
    }

    /** Whether it asks for another protocol, be it a WebSocket. */
    boolean isUpgrade() {
        return !values("Upgrade").isEmpty();
    }

    /** Whether it asks for a WebSocket. */
    boolean isHandshake() {
        return values("Upgrade").stream().anyMatch(value -> tokens(value).anyMatch("websocket"::equals));
    }

    /** How many bytes follow that belong to it. */
    long bodyBytes() {
        return values("Content-Length").stream()
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    private List<String> values(String name) {
        return headers.getOrDefault(name, List.of());
    }

    private static Stream<String> tokens(String list) {
        return Stream.of(list.split(",", -1)).map(token -> token.strip().toLowerCase(Locale.ROOT));
    }

    private Optional<Refusal> read(String text) {
        String[] lines = text.split("\r\n", -1);
        return firstLine(lines[0])
                .or(() -> headerLines(lines))
                .or(this::framing)
                .or(() -> isHandshake() ? handshake() : Optional.empty());
    }

    private Optional<Refusal> firstLine(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3
                || !TOKEN.matcher(parts[0]).matches()
                || !TARGET.matcher(parts[1]).matches()
                || !VERSION.matcher(parts[2]).matches()) {
            return bad("the first line has to be a method, a target and HTTP/1.1");
        }
        method = parts[0];
        target = parts[1];
        version = parts[2];
        if (target.length() > LONGEST_TARGET) {
            return Optional.of(
                    new Refusal(414, "URI Too Long", "the target may have " + LONGEST_TARGET + " bytes", ""));
        }
        if (isDevious(target.split("\\?", 2)[0])) {
            return bad("the path has to lead down from the root, without detours");
        }
        return version.startsWith("HTTP/1.")
                ? Optional.empty()
                : Optional.of(new Refusal(505, "HTTP Version Not Supported", "only HTTP/1.1 is spoken here", ""));
    }

    private static boolean isDevious(String path) {
        int depth = 0;
        for (String segment : DOT.matcher(path).replaceAll(".").split("/", -1)) {
            depth += segment.equals("..") ? -1 : segment.isEmpty() || segment.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return DEVIOUS.matcher(path).find();
    }

    private Optional<Refusal> headerLines(String... lines) {
        List<String> all = new ArrayList<>(List.of(lines).subList(1, lines.length - 2));
        if (all.size() > MOST_HEADERS) {
            return Optional.of(tooLarge("a request may have " + MOST_HEADERS + " headers"));
        }
        for (String line : all) {
            int colon = line.indexOf(':');
            if (colon < 0 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
                return bad("a header has to be a name, a colon right after it, and a value");
            }
            String value = line.substring(colon + 1).strip();
            if (!VALUE.matcher(value).matches()) {
                return bad("a header must not have control characters");
            }
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(value);
        }
        return Optional.empty();
    }

    static Refusal tooLarge(String reason) {
        return new Refusal(431, "Request Header Fields Too Large", reason, "");
    }

    /** What says for whom the request is, and where it ends. */
    private Optional<Refusal> framing() {
        List<String> hosts = values("Host");
        boolean old = version.equals("HTTP/1.0");
        if (hosts.size() > 1
                || (hosts.isEmpty() && !old)
                || !hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            return bad("one Host header is needed");
        }
        if (!values("Transfer-Encoding").isEmpty()) {
            return Optional.of(new Refusal(411, "Length Required", "a body has to come with its Content-Length", ""));
        }
        List<String> lengths = values("Content-Length");
        return lengths.size() <= 1
                        && lengths.stream()
                                .allMatch(length -> DIGITS.matcher(length).matches())
                ? Optional.empty()
                : bad("Content-Length has to be one number");
    }

    private Optional<Refusal> handshake() {
        if (!method.equals("GET")) {
            return Optional.of(
                    new Refusal(405, "Method Not Allowed", "a WebSocket is asked for with GET", "Allow: GET\r\n"));
        }
        if (version.equals("HTTP/1.0")) {
            return bad("a WebSocket needs HTTP/1.1");
        }
        if (!isPath(target)) {
            return bad("the path is not as RFC 3986 wants it");
        }
        if (values("Upgrade").size() != 1 || !values("Upgrade").get(0).equalsIgnoreCase("websocket")) {
            return bad("Upgrade has to be websocket and nothing else");
        }
        if (values("Connection").stream().noneMatch(value -> tokens(value).anyMatch("upgrade"::equals))) {
            return bad("Connection has to name Upgrade");
        }
        if (!values("Sec-WebSocket-Version").equals(List.of("13"))) {
            return Optional.of(new Refusal(
                    426,
                    "Upgrade Required",
                    "Sec-WebSocket-Version has to be 13",
                    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"));
        }
        if (values("Sec-WebSocket-Key").size() != 1
                || !isKey(values("Sec-WebSocket-Key").get(0))) {
            return bad("one Sec-WebSocket-Key is needed, 16 bytes in base64");
        }
        return bodyBytes() == 0 ? Optional.empty() : bad("a request for a WebSocket has no body");
    }

    /** Tyrus gives its path to this parser, and drops the connection without a word where that complains. */
    private static boolean isPath(String target) {
        try {
            String path = new URI(target.split("\\?", 2)[0]).getRawPath();
            return target.startsWith("/") && !target.startsWith("//") && path != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == 4 * ((KEY_BYTES + 2) / 3)
                    && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<Refusal> bad(String reason) {
        return Optional.of(Refusal.bad(reason));
    }
}
