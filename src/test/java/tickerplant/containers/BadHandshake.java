package tickerplant.containers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Upgrade requests that must not be granted, and the answers that are right; 0 is the end of the connection without any. */
@SuppressWarnings("ImmutableEnumChecker") // immutable in truth; saying so takes an annotation from a library of its own
enum BadHandshake {
    KEY_MISSING(Set.of(400), Change.without("Sec-WebSocket-Key")),
    KEY_EMPTY(Set.of(400), Change.with("Sec-WebSocket-Key: ")),
    KEY_OF_FIVE_BYTES(Set.of(400), Change.with("Sec-WebSocket-Key: AAAAAAA=")),
    KEY_NOT_BASE64(Set.of(400), Change.with("Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!==")),
    KEY_TWICE(Set.of(400), Change.more("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")),
    VERSION_8(Set.of(426), Change.with("Sec-WebSocket-Version: 8")),
    VERSION_MISSING(Set.of(400, 426), Change.without("Sec-WebSocket-Version")),
    METHOD_POST(Set.of(400, 405), Change.line("POST /ws/ticker HTTP/1.1")),
    HTTP_1_0(Set.of(400, 426, 505), Change.line("GET /ws/ticker HTTP/1.0")),
    UPGRADE_MISSING(Set.of(400, 404, 426), Change.without("Upgrade")),
    UPGRADE_TO_ANOTHER(Set.of(400, 404, 426), Change.with("Upgrade: h2c")),
    CONNECTION_MISSING(Set.of(400, 404), Change.without("Connection")),
    CONNECTION_CLOSE(Set.of(400, 404), Change.with("Connection: close")),
    HOST_MISSING(Set.of(400), Change.without("Host")),
    HOST_TWICE(Set.of(400), Change.more("Host: evil.example")),
    NUL_IN_A_HEADER(Set.of(400), Change.more("X-Strange: a\0b")),
    BLANK_BEFORE_THE_COLON(Set.of(400), Change.more("X-Strange : a")),
    ORIGIN_OF_ANOTHER_SITE(Set.of(403), Change.more("Origin: https://evil.example")),
    ORIGIN_NULL(Set.of(403), Change.more("Origin: null")),
    ORIGIN_THAT_BEGINS_ALIKE(Set.of(403), Change.more("Origin: http://localhost.evil.example")),
    ORIGIN_OF_ANOTHER_PORT(Set.of(403), Change.more("Origin: http://localhost:1")),
    ORIGIN_TWICE(Set.of(400, 403), Change.more("Origin: http://localhost\r\nOrigin: https://evil.example")),
    HEADER_OF_64_KIB(Set.of(400, 413, 431, 0), Change.more("X-Fat: " + "x".repeat(65_536))),
    THOUSAND_HEADERS(
            Set.of(400, 413, 431, 0),
            Change.more(
                    IntStream.range(0, 1_000).mapToObj(i -> "X-" + i + ": y").collect(Collectors.joining("\r\n")))),
    QUERY_OF_9_KIB(Set.of(400, 414, 431), Change.line("GET /ws/ticker?x=" + "y".repeat(9_216) + " HTTP/1.1")),
    PATH_THAT_GOES_UP(Set.of(400, 404), Change.line("GET /ws/../ws/../../ticker HTTP/1.1")),
    RUBBISH_INSTEAD_OF_A_REQUEST(Set.of(400, 405, 501, 505, 0), Change.line("\u0016\u0003\u0001 \u0000 rubbish"));

    private static final List<String> GOOD = List.of(
            "GET /ws/ticker HTTP/1.1",
            "Host: localhost",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13");

    private final Set<Integer> right;

    private final Change change;

    BadHandshake(Set<Integer> right, Change change) {
        this.right = right;
        this.change = change;
    }

    /** Whether that is a right answer. */
    boolean isRight(int status) {
        return right.contains(status);
    }

    /** The request, line by line. */
    String[] lines() {
        return change.of(GOOD).toArray(new String[0]);
    }

    /** What makes a good request bad. */
    private record Change(Where where, String text) {
        private enum Where {
            LINE,
            WITHOUT,
            WITH,
            MORE
        }

        static Change line(String text) {
            return new Change(Where.LINE, text);
        }

        static Change without(String name) {
            return new Change(Where.WITHOUT, name);
        }

        static Change with(String header) {
            return new Change(Where.WITH, header);
        }

        static Change more(String header) {
            return new Change(Where.MORE, header);
        }

        List<String> of(List<String> good) {
            List<String> lines = new ArrayList<>(good);
            String name = text.split(":", 2)[0] + ":";
            switch (where) {
                case LINE -> lines.set(0, text);
                case WITHOUT -> lines.removeIf(line -> line.startsWith(name));
                case WITH -> lines.replaceAll(line -> line.startsWith(name) ? text : line);
                case MORE -> lines.add(text);
            }
            return lines;
        }
    }
}
