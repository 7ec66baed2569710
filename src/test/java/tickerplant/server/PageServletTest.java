package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.http.PageServlet;
import tickerplant.http.ServletMapping;

/** The page over the wire, as the embedded server hands it out. */
@Timeout(60)
class PageServletTest {
    private static final byte[] INDEX =
            "<!doctype html><title>Prices</title>".repeat(50).getBytes(StandardCharsets.UTF_8);
    private static final byte[] PIXEL = {1, 2, 3};

    private static EmbeddedServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void open() throws IOException {
        Log.toStandardError();
        PageServlet page = new PageServlet(() -> Map.of(
                "/index.html",
                INDEX,
                "/about.html",
                INDEX,
                "/js/app.mjs",
                "export {};".getBytes(StandardCharsets.UTF_8),
                "/pixel.png",
                PIXEL,
                "/WEB-INF/secret.html",
                INDEX));
        server = new EmbeddedServer(
                "127.0.0.1",
                0,
                65_536,
                new ConnectionFilter(),
                List.of(),
                List.of(new ServletMapping("page", page, List.of("/"))));
        server.open();
    }

    @AfterAll
    static void stop() {
        server.stop(Duration.ofSeconds(1));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void theRootIsTheIndex() throws Exception {
        for (String path : List.of("/", "/index.html", "/index.html?theme=dark")) {
            HttpResponse<byte[]> response = send(request(path));
            assertEquals(200, response.statusCode());
            assertArrayEquals(INDEX, response.body());
            assertEquals(
                    "text/html; charset=utf-8", header(response, "Content-Type").replace(";c", "; c"));
            assertEquals("no-cache", header(response, "Cache-Control"));
            assertEquals("Accept-Encoding", header(response, "Vary"));
        }
    }

    @Test
    void aDocumentIsFoundWithoutItsEndingToo() throws Exception {
        assertArrayEquals(INDEX, send(request("/about")).body());
        assertEquals(404, send(request("/index")).statusCode());
        assertEquals(404, send(request("/about/")).statusCode());
    }

    @Test
    void everyAnswerTellsBrowsersWhatNotToDo() throws Exception {
        for (String path : List.of("/", "/nothing")) {
            HttpResponse<byte[]> response = send(request(path));
            assertTrue(
                    header(response, "Content-Security-Policy").startsWith("default-src 'self'; script-src 'self';"));
            assertTrue(header(response, "Content-Security-Policy").contains("frame-ancestors 'none'"));
            assertEquals("nosniff", header(response, "X-Content-Type-Options"));
            assertEquals("no-referrer", header(response, "Referrer-Policy"));
            assertEquals("same-origin", header(response, "Cross-Origin-Opener-Policy"));
            assertEquals("same-origin", header(response, "Cross-Origin-Resource-Policy"));
        }
    }

    @Test
    void whoTakesGzipGetsItWithAnETagOfItsOwn() throws Exception {
        HttpResponse<byte[]> plain = send(request("/"));
        HttpResponse<byte[]> gzip = send(request("/").header("Accept-Encoding", "br, gzip;q=0.8"));
        assertEquals("gzip", header(gzip, "Content-Encoding"));
        assertTrue(gzip.body().length < INDEX.length);
        assertArrayEquals(INDEX, new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes());
        assertNotEquals(header(plain, "ETag"), header(gzip, "ETag"));
        HttpResponse<byte[]> refused = send(request("/").header("Accept-Encoding", "gzip;q=0"));
        assertEquals(Optional.empty(), refused.headers().firstValue("Content-Encoding"));
        HttpResponse<byte[]> image = send(request("/pixel.png").header("Accept-Encoding", "gzip"));
        assertArrayEquals(PIXEL, image.body());
    }

    @Test
    void whatTheBrowserHasIsNotSentAgain() throws Exception {
        String etag = header(send(request("/")), "ETag");
        assertTrue(etag.matches("\"[0-9a-f]{32}\""), etag);
        HttpResponse<byte[]> same = send(request("/").header("If-None-Match", "\"old\", W/" + etag));
        assertEquals(304, same.statusCode());
        assertEquals(0, same.body().length);
        assertEquals(etag, header(same, "ETag"));
        assertEquals(200, send(request("/").header("If-None-Match", "\"old\"")).statusCode());
    }

    @Test
    void headIsTheSameWithoutTheBody() throws Exception {
        HttpResponse<byte[]> head = send(request("/").method("HEAD", BodyPublishers.noBody()));
        assertEquals(200, head.statusCode());
        assertEquals(INDEX.length, Integer.parseInt(header(head, "Content-Length")));
        assertEquals(0, head.body().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void otherMethodsAreRefused(String method) throws Exception {
        HttpResponse<byte[]> response = send(request("/").method(method, BodyPublishers.ofString("x")));
        assertEquals(405, response.statusCode());
        assertEquals("GET, HEAD", header(response, "Allow"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing.html",
                "/js",
                "/js/",
                "/WEB-INF/secret.html",
                "/%57EB-INF/secret.html",
                "/js/../WEB-INF/secret.html",
                "/index.html/",
                "/index.html;a=b",
                "//index.html",
                "/%69ndex.html",
                "/index.html%00",
                "/..%2findex.html"
            })
    void anyOtherSpellingLeadsNowhere(String path) throws Exception {
        try (RawClient raw = new RawClient(server.port())) {
            String answer = raw.say("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close")
                    .rest();
            assertTrue(answer.matches("(?s)HTTP/1.1 40[04] .*"), answer);
        }
    }

    @Test
    void theDescriptionOfTheProtocolIsServedAsItIs() throws Exception {
        Path webapp = Path.of("webapp");
        EmbeddedServer own = new EmbeddedServer(
                "127.0.0.1",
                0,
                65_536,
                new ConnectionFilter(),
                List.of(),
                List.of(new ServletMapping("page", new PageServlet(PageFiles.in(webapp)), List.of("/"))));
        own.open();
        try {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + own.port() + "/asyncapi.json"))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    BodyHandlers.ofByteArray());
            assertEquals(200, response.statusCode());
            assertEquals("application/json", header(response, "Content-Type"));
            assertArrayEquals(Files.readAllBytes(webapp.resolve("asyncapi.json")), response.body());
        } finally {
            own.stop(Duration.ofSeconds(1));
        }
    }

    /** Java's own client asks so on each new connection, and curl with {@code --http2}. */
    @Test
    void whoAsksForHttp2InPassingGetsTheSameAsOthers() throws Exception {
        try (RawClient raw = new RawClient(server.port())) {
            String[] wish = {
                "Host: localhost", "upGRADE: h2c", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AAMA"
            };
            raw.say("GET / HTTP/1.1", String.join("\r\n", wish));
            raw.say("POST / HTTP/1.1", String.join("\r\n", wish), "Content-Length: 0");
            String answers = raw.say("GET /js/app.mjs HTTP/1.1", "Host: localhost", "Connection: close")
                    .rest();
            for (String answer : List.of(
                    "200 OK.*Content-Type: text/html",
                    "405 .*Content-Type: text/plain",
                    "200 OK.*Content-Type: text/javascript")) {
                assertTrue(answers.matches("(?s).*HTTP/1.1 " + answer + ".*"), answers);
            }
        }
    }
}
