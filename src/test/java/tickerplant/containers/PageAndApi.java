package tickerplant.containers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.http.PageType;
import tickerplant.page.Browser;
import tickerplant.server.RawClient;

/** The page's files and the HTTP interface: the same whatever the container. */
interface PageAndApi {
    long BROWSER_SECONDS = 90;
    HttpClient HTTP = HttpClient.newHttpClient();

    RunningContainer server();

    /** Paths that the container answers by itself, and how. */
    Map<String, Integer> pathsAnsweredOtherwise();

    private HttpResponse<byte[]> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server().http(path))
                .method(method, BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    default void everyFileOfThePageComesAsItIsAndOnlyOnce() throws Exception {
        Path folder = Path.of("webapp");
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> PageType.of("/" + folder.relativize(file)).isPresent())
                    .toList();
        }
        assertFalse(files.isEmpty());
        for (Path file : files) {
            String path = "/" + folder.relativize(file);
            HttpResponse<byte[]> plain = send("GET", path);
            assertEquals(200, plain.statusCode(), path);
            assertArrayEquals(Files.readAllBytes(file), plain.body(), path);
            assertEquals("no-cache", header(plain, "Cache-Control"), path);
            assertTrue(header(plain, "Content-Type").matches("(text|image|application)/.+"), path);
            HttpResponse<byte[]> again = send("GET", path, "If-None-Match", header(plain, "ETag"));
            assertEquals(304, again.statusCode(), path);
            assertEquals(0, again.body().length, path);
        }
        assertArrayEquals(send("GET", "/index.html").body(), send("GET", "/").body());
    }

    @Test
    default void thePageShowsLivePricesInABrowser(@TempDir Path scratch) throws Exception {
        try (Browser browser = Browser.installed(scratch)) {
            browser.run(BROWSER_SECONDS, "node", "smoke.mjs", server().http("/").toString());
        }
    }

    @Test
    default void whoTakesGzipGetsIt() throws Exception {
        HttpResponse<byte[]> plain = send("GET", "/");
        HttpResponse<byte[]> gzip = send("GET", "/", "Accept-Encoding", "gzip");
        assertEquals("gzip", header(gzip, "Content-Encoding"));
        assertTrue(gzip.body().length < plain.body().length);
        assertArrayEquals(plain.body(), new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes());
    }

    @Test
    default void whatAProgramOnThisMachinePublishesIsThere() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server().http("/api/v1/feed"))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(
                        BodyPublishers.ofString(
                                """
                        {"type":"publish","publisher":"contract","pseq":1,"data":[
                         {"symbol":"PUBLISHED","price":10.5,"size":100},{"symbol":"PUBLISHED","price":-1,"size":100}]}"""))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> accepted = HTTP.send(request, BodyHandlers.ofString());
        assertEquals(200, accepted.statusCode(), accepted.body());
        assertTrue(
                accepted.body().contains("\"count\":1,\"duplicates\":0,\"rejected\":[{\"index\":1"), accepted.body());
        String again = HTTP.send(request, BodyHandlers.ofString()).body();
        assertTrue(again.contains("\"count\":0,\"duplicates\":2"), again);
        String ticker =
                new String(send("GET", "/api/v1/ticker?symbols=PUBLISHED").body(), StandardCharsets.UTF_8);
        assertTrue(ticker.contains("\"last\":10.5"), ticker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/js/app.js", "/nothing", "/api/v1/ticker?symbols=STILL", "/api/v1/nothing"})
    default void everyAnswerTellsBrowsersWhatNotToDo(String path) throws Exception {
        HttpResponse<byte[]> response = send("GET", path);
        assertTrue(header(response, "Content-Security-Policy").contains("frame-ancestors 'none'"));
        assertEquals("nosniff", header(response, "X-Content-Type-Options"));
        assertEquals("no-referrer", header(response, "Referrer-Policy"));
        assertEquals("same-origin", header(response, "Cross-Origin-Opener-Policy"));
        assertEquals("same-origin", header(response, "Cross-Origin-Resource-Policy"));
        assertEquals("", header(response, "X-Powered-By"));
    }

    @Test
    default void noOtherSpellingLeadsAnywhere() throws Exception {
        Map<String, Integer> otherwise = new TreeMap<>();
        for (String path : List.of(
                "/WEB-INF/classes/tickerplant/server/Main.class",
                "/WEB-INF/",
                "/web-inf/classes/tickerplant/server/Main.class",
                "/%57EB-INF/classes/tickerplant/server/Main.class",
                "/WEB-INF;x/classes/tickerplant/server/Main.class",
                "/js/../WEB-INF/classes/tickerplant/server/Main.class",
                "/js/%2e%2e/WEB-INF/classes/tickerplant/server/Main.class",
                "/js/..%2fWEB-INF/classes/tickerplant/server/Main.class",
                "/js/..\\WEB-INF/classes/tickerplant/server/Main.class",
                "/../../../../../../etc/passwd",
                "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                "/META-INF/MANIFEST.MF",
                "/META-INF/",
                "/org/springframework/boot/loader/launch/WarLauncher.class",
                "/js",
                "/js/",
                "/.git/config",
                "/.htaccess",
                "/index.html/",
                "/index.html%00",
                "/index.html;a=b",
                "/%69ndex.html",
                "//index.html",
                "/nothing.html")) {
            try (RawClient raw = new RawClient(server().port())) {
                String answer = raw.say("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close")
                        .rest();
                int status = Integer.parseInt(answer.split(" ", 3)[1]);
                if (status != 400 && status != 404) {
                    otherwise.put(path, status);
                }
                assertFalse(answer.contains("root:") || answer.contains("\u00ca\u00fe\u00ba\u00be"), path);
                assertFalse(answer.contains("\tat "), answer);
            }
        }
        assertEquals(pathsAnsweredOtherwise(), otherwise);
    }

    @Test
    default void onlyReadingIsAllowed() throws Exception {
        List<String> otherwise = new ArrayList<>();
        for (String path : List.of("/", "/api/v1/ticker", "/api/v1/nothing", "/health/live")) {
            for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW")) {
                try (RawClient raw = new RawClient(server().port())) {
                    String answer = raw.say(
                                    method + " " + path + " HTTP/1.1",
                                    "Host: localhost",
                                    "Content-Length: 0",
                                    "Secret: hidden",
                                    "Connection: close")
                            .rest();
                    if (!answer.matches("(?s)HTTP/1.1 (403|405|501) .*") || answer.contains("hidden")) {
                        otherwise.add(method + " " + path + ": " + answer);
                    }
                }
            }
        }
        assertEquals(List.of(), otherwise);
    }

    @Test
    default void whatIsNotThereIsSaidInTheWordsOfTheInterface() throws Exception {
        HttpResponse<String> response = server().get("/api/v1/nothing");
        assertEquals(404, response.statusCode());
        assertTrue(header(response, "Content-Type").startsWith("application/json"));
        assertEquals(
                "{\"type\":\"error\",\"code\":404,\"reason\":\"not_found\",\"message\":\"there is nothing at this path\","
                        + "\"retry\":false}",
                response.body());
    }

    @Test
    default void aQueryThatMakesNoSenseIsNoFailureOfTheServer() throws Exception {
        for (String query : List.of("symbols=%zz", "symbols=%", "symbols=%ff%fe", "symbols=%00", "&&==&", "limit=x")) {
            try (RawClient raw = new RawClient(server().port())) {
                String answer = raw.say(
                                "GET /api/v1/symbols?" + query + " HTTP/1.1", "Host: localhost", "Connection: close")
                        .rest();
                assertTrue(answer.matches("(?s)HTTP/1.1 [24]00 .*"), query + ": " + answer);
            }
        }
    }

    @Test
    default void theServiceIsReadyAndSaysWhatItsFeedsDo() throws Exception {
        HttpResponse<String> ready = server().get("/health/ready");
        assertEquals(200, ready.statusCode());
        assertTrue(ready.body().contains("\"feed\":\"simulated\",\"state\":\"live\""), ready.body());
        assertEquals("no-store", header(ready, "Cache-Control"));
    }
}
