package tickerplant.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.feed.ScriptedFeed;
import tickerplant.market.Clock;
import tickerplant.market.Events;
import tickerplant.server.TestService;
import tickerplant.service.Settings;
import tickerplant.service.Tickerplant;
import tickerplant.session.Rights;

/** The HTTP interface of the real service, with sensible and with senseless requests. */
@Timeout(60)
class ApiTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String AAPL = "{\"symbol\":\"AAPL\",\"seq\":1,\"name\":\"AAPL Inc.\",\"currency\":\"USD\","
            + "\"last\":189.32,\"last_size\":100,\"open\":189.32,\"high\":189.32,\"low\":189.32,\"prev_close\":188,"
            + "\"change\":1.32,\"change_pct\":0.7,\"volume\":100,\"trades\":1,\"ts\":1767225600120.482}";
    private static final String MSFT = "{\"symbol\":\"MSFT\",\"seq\":0,\"name\":\"MSFT Inc.\",\"currency\":\"USD\","
            + "\"prev_close\":400,\"volume\":0,\"trades\":0}";

    private static TestService service;
    private static String epoch;

    @BeforeAll
    static void start() throws Exception {
        CountDownLatch played = new CountDownLatch(1);
        service =
                TestService.with(ScriptedFeed.live("test", Events.listed("AAPL", 18_800), Events.listed("MSFT", 40_000))
                        .tells(Events.trade("AAPL", 18_932, 100, 1_767_225_600_120_482L))
                        .does(sink -> played.countDown())
                        .waits());
        assertTrue(played.await(10, TimeUnit.SECONDS));
        epoch = ",\"epoch\":\"" + service.tickerplant().sessions().epoch() + "\"}";
        await("the trade", () -> get("/api/v1/ticker").body().contains("189.32"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    private static HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.http(path))
                .method(method, BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        assertSafe(response);
        return response;
    }

    private static void assertSafe(HttpResponse<String> response) {
        Map<String, String> expected = Map.of(
                "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", "no-referrer",
                "Cross-Origin-Opener-Policy", "same-origin",
                "Cross-Origin-Resource-Policy", "same-origin");
        expected.forEach((name, value) ->
                assertEquals(List.of(value), response.headers().allValues(name), response + " " + name));
        String policy = response.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"), policy);
    }

    private static void assertBody(String expected, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertEquals(200, response.statusCode());
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElse(""));
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
        assertEquals(expected + epoch, response.body());
    }

    @Test
    void theTickerShowsAllSymbols() throws Exception {
        assertBody("{\"data\":[" + AAPL + "," + MSFT + "]", "/api/v1/ticker");
        assertBody("{\"data\":[" + AAPL + "," + MSFT + "]", "/api/v1/ticker?symbols=");
    }

    @Test
    void theTickerShowsThoseAskedForInWhateverCase() throws Exception {
        assertBody("{\"data\":[" + MSFT + "," + AAPL + "]", "/api/v1/ticker?symbols=msft,%20Aapl");
    }

    @Test
    void whoNamesOneSymbolAsElsewhereIsToldHowAndDoesNotGetAll() throws Exception {
        HttpResponse<String> answer = get("/api/v1/ticker?symbol=AAPL");
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("\"field\":\"symbol\""), answer.body());
    }

    @Test
    void unknownSymbolsAreRejectedAndTheOthersShown() throws Exception {
        assertBody(
                "{\"data\":[" + AAPL
                        + "],\"rejected\":[{\"symbol\":\"APPL\",\"code\":404,\"reason\":\"unknown_symbol\","
                        + "\"did_you_mean\":[\"AAPL\"]},"
                        + "{\"symbol\":\"\",\"code\":404,\"reason\":\"unknown_symbol\"},"
                        + "{\"symbol\":\"<b>\\u000d\\u000a\\u0000\",\"code\":404,\"reason\":\"unknown_symbol\"},"
                        + "{\"symbol\":\"\\u0410APL\",\"code\":404,\"reason\":\"unknown_symbol\"},"
                        + "{\"symbol\":\"*\",\"code\":404,\"reason\":\"unknown_symbol\"}]",
                "/api/v1/ticker?symbols=APPL,,AAPL,%3Cb%3E%0d%0a%00,%D0%90APL,*");
    }

    @Test
    void ofALongSymbolSixtyFourCharactersComeBackAndNoneByHalf() throws Exception {
        assertTrue(get("/api/v1/ticker?symbols=" + "x".repeat(3_000))
                .body()
                .contains("{\"symbol\":\"" + "x".repeat(64) + "\","));
        assertTrue(get("/api/v1/ticker?symbols=" + "x".repeat(63) + "%F0%9F%98%80")
                .body()
                .contains("{\"symbol\":\"" + "x".repeat(63) + "\","));
    }

    @Test
    void moreThanTenThousandSymbolsAreRefusedWhereverTheyGetThrough() throws Exception {
        TickerServlet servlet = new TickerServlet(service.tickerplant());
        JsonServlet.BadRequest refused = Assertions.assertThrows(
                JsonServlet.BadRequest.class, () -> servlet.body(asking("A" + ",A".repeat(10_000))));
        assertTrue(refused.getMessage().startsWith("symbols must be at most 10000"), refused.getMessage());
        servlet.body(asking("A" + ",A".repeat(9_999)));
        // here the request line is too long before that
        String[] answer = raw("GET /api/v1/ticker?symbols=" + "A,".repeat(10_001) + " HTTP/1.1")
                .split(" ", 3);
        assertTrue(List.of("400", "414", "431").contains(answer[1]), answer[1]);
        assertEquals(200, get("/health/live").statusCode());
    }

    private static HttpServletRequest asking(String symbols) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                ApiTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getParameter" -> symbols;
                    case "getAttribute" -> Rights.ALL;
                    default -> null;
                });
    }

    private static String raw(String requestLine) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                answer.append((char) c);
            }
            return answer.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "symbols=%zz",
                "symbols=%",
                "symbols=%ff%fe",
                "%zz=1",
                "symbols=%00",
                "&&==&",
                "symbols=%ed%a0%80"
            })
    void aQueryThatMakesNoSenseIsNoFailureOfTheServer(String query) throws Exception {
        String answer = raw("GET /api/v1/ticker?" + query + " HTTP/1.1");
        assertTrue(answer.startsWith("HTTP/1.1 200 ") || answer.startsWith("HTTP/1.1 400 "), answer);
        assertEquals(200, get("/health/live").statusCode());
    }

    @Test
    void symbolsAreFoundByWhatIsTyped() throws Exception {
        String aapl = "{\"symbol\":\"AAPL\",\"name\":\"AAPL Inc.\",\"currency\":\"USD\",\"exchange\":\"TEST\"}";
        String msft = aapl.replace("AAPL", "MSFT");
        assertBody("{\"data\":[" + aapl + "," + msft + "]", "/api/v1/symbols");
        assertBody("{\"data\":[" + aapl + "," + msft + "]", "/api/v1/symbols?q=inc");
        assertBody("{\"data\":[" + msft + "]", "/api/v1/symbols?q=ms");
        assertBody("{\"data\":[" + aapl + "]", "/api/v1/symbols?q=&limit=1");
        assertBody("{\"data\":[" + aapl + "," + msft + "]", "/api/v1/symbols?limit=1000");
        assertBody("{\"data\":[]", "/api/v1/symbols?q=%3Cscript%3E");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "1e3", "x", "1.5", "99999999999999999999", "%00", "NaN", "%20"})
    void aLimitThatIsNoneIsRefusedByName(String limit) throws Exception {
        HttpResponse<String> response = get("/api/v1/symbols?limit=" + limit);
        assertEquals(400, response.statusCode());
        assertEquals(
                "{\"type\":\"error\",\"code\":400,\"reason\":\"invalid_field\","
                        + "\"message\":\"limit must be a whole number between 1 and 1000\",\"field\":\"limit\",\"retry\":false}",
                response.body());
    }

    private static final String TRADE =
            "{\"symbol\":\"AAPL\",\"seq\":1,\"price\":189.32,\"size\":100,\"id\":\"t1767225600120482\","
                    + "\"ts\":1767225600120.482}";

    private static void assertHistory(String expected, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertEquals(200, response.statusCode(), response.body());
        assertEquals("{" + epoch.substring(1, epoch.length() - 1) + "," + expected + "}", response.body());
    }

    @Test
    void tradesThatWereAreShown() throws Exception {
        assertHistory("\"data\":[" + TRADE + "]", "/api/v1/trades?symbol=aapl");
        assertHistory(
                "\"data\":[" + TRADE + "]",
                "/api/v1/trades?symbol=AAPL&from=1767225600120.482&to=1767225600120.483&after_seq=0&limit=10000");
        assertHistory("\"data\":[]", "/api/v1/trades?symbol=AAPL&to=1767225600120.482");
        assertHistory("\"data\":[]", "/api/v1/trades?symbol=AAPL&after_seq=1");
        assertHistory("\"data\":[]", "/api/v1/trades?symbol=MSFT");
    }

    @Test
    void barsThatWereAreShown() throws Exception {
        String path = "/api/v1/bars?symbol=AAPL&interval=1m";
        HttpResponse<String> response = get(path);
        assertTrue(
                response.body().contains("\"data\":[{\"symbol\":\"AAPL\",\"interval\":\"1m\",\"seq\":"),
                response.body());
        assertTrue(response.body().contains("\"start\":1767225600000,\"open\":189.32,"), response.body());
        assertHistory("\"data\":[]", path + "&from=1767225600000.001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "400 invalid_field symbol trades?",
                "400 invalid_field symbol trades?symbol=*",
                "404 unknown_symbol symbol trades?symbol=APPL",
                "400 invalid_field interval bars?symbol=AAPL",
                "404 unknown_interval interval bars?symbol=AAPL&interval=2m",
                "400 invalid_field from trades?symbol=AAPL&from=2&to=1",
                "400 invalid_field from trades?symbol=AAPL&from=yesterday",
                "400 invalid_field to trades?symbol=AAPL&to=253402300800000",
                "400 invalid_field limit trades?symbol=AAPL&limit=1000000000",
                "400 invalid_field limit bars?symbol=AAPL&interval=1m&limit=0",
                "400 invalid_field after_seq trades?symbol=AAPL&after_seq=2",
                "400 invalid_field after_seq trades?symbol=AAPL&after_seq=-1",
                "404 not_found epoch trades?symbol=AAPL&epoch=e-0"
            })
    void aHistoryThatMakesNoSenseIsRefusedByName(String expected) throws Exception {
        String[] parts = expected.split(" ", 4);
        HttpResponse<String> response = get("/api/v1/" + parts[3]);
        assertEquals(parts[0], Integer.toString(response.statusCode()), response.body());
        assertTrue(response.body().contains("\"reason\":\"" + parts[1] + "\""), response.body());
        assertTrue(response.body().contains("\"field\":\"" + parts[2] + "\""), response.body());
    }

    private static HttpResponse<byte[]> ask(String path, String... headers) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(service.http(path)).headers(headers).build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void aHistoryIsATableForWhoWantsOne() throws Exception {
        String current = service.tickerplant().sessions().epoch();
        HttpResponse<String> trades = get("/api/v1/trades?symbol=AAPL&format=csv");
        assertEquals(
                "epoch,symbol,seq,kind,ts,price,size,side,id,venue,cond,cancels\n" + current
                        + ",AAPL,1,trade,1767225600120.482,189.32,100,,t1767225600120482,,,\n",
                trades.body());
        assertEquals(
                "text/csv;charset=utf-8",
                header(trades, "Content-Type").replace(" ", "").toLowerCase(java.util.Locale.ROOT));
        assertEquals(current, header(trades, "Tickerplant-Epoch"));
        assertEquals("no-store", header(trades, "Cache-Control"), "more may come");

        HttpResponse<byte[]> bars = ask(
                "/api/v1/bars?symbol=AAPL&interval=1m&to=1767225660000",
                "Accept",
                "text/html, application/x-ndjson;q=0.9, */*");
        assertEquals(
                "{\"symbol\":\"AAPL\",\"interval\":\"1m\",\"start\":1767225600000,\"open\":189.32,\"high\":189.32,"
                        + "\"low\":189.32,\"close\":189.32,\"volume\":100,\"vwap\":189.32,\"turnover\":18932,\"trades\":1,"
                        + "\"final\":false}\n",
                new String(bars.body(), StandardCharsets.UTF_8).replace("\"final\":true", "\"final\":false"));
        assertEquals("public, max-age=3600", header(bars, "Cache-Control"), "it is long over");
        assertEquals("Accept, Accept-Encoding", header(bars, "Vary"));
        assertEquals(400, get("/api/v1/trades?symbol=AAPL&format=xml").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/bars?symbol=AAPL&interval=1m",
                "/api/v1/bars?symbol=AAPL&interval=1m&to=9767225660000",
                "/api/v1/trades?symbol=AAPL&limit=1"
            })
    void whatMayStillChangeIsNotKept(String path) throws Exception {
        assertEquals("no-store", header(get(path), "Cache-Control"));
    }

    @Test
    void theServiceIsLiveAndReady() throws Exception {
        assertEquals("{\"status\":\"live\",\"feeds\":[]}", get("/health/live").body());
        HttpResponse<String> ready = get("/health/ready");
        assertEquals(200, ready.statusCode());
        assertTrue(
                ready.body()
                        .startsWith("{\"status\":\"ready\",\"sessions\":0,\"refused\":0,\"missed_bars\":0,\"feeds\":["
                                + "{\"feed\":\"test\",\"state\":\"live\",\"trades\":1,"),
                ready.body());
    }

    @Test
    void aServiceThatStartsOrStopsIsNotReady() throws Exception {
        Tickerplant tickerplant =
                new Tickerplant(Settings.of(Map.of()), List.of(), Clock.SYSTEM, new SplittableRandom(1));
        ReadyServlet servlet = new ReadyServlet(tickerplant);
        assertEquals(503, servlet.status());
        tickerplant.start();
        assertEquals(200, servlet.status());
        tickerplant.stop();
        assertEquals(503, servlet.status());
        assertTrue(
                new String(servlet.body(asking("")), StandardCharsets.UTF_8).startsWith("{\"status\":\"stopping\","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/ticker", "/api/v1/symbols", "/api/v1/nothing", "/health/live", "/health/ready", "/"})
    void nothingButGetAndHeadIsAnswered(String path) throws Exception {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW")) {
            HttpResponse<String> response = send(method, path);
            assertEquals(405, response.statusCode(), method + " " + path);
            assertEquals("GET, HEAD", response.headers().firstValue("Allow").orElse(""), method);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/ticker", "/health/live", "/"})
    void nobodyIsShownHisOwnRequest(String path) throws Exception {
        // refused by the container already, before any of our filters
        assertTrue(raw("TRACE " + path + " HTTP/1.1").startsWith("HTTP/1.1 405 "));
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        HttpResponse<String> response = send("HEAD", "/api/v1/ticker");
        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
        assertEquals(
                get("/api/v1/ticker").body().length(),
                response.headers().firstValueAsLong("Content-Length").orElse(-1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/",
                "/api/v1",
                "/api/v1/",
                "/api/v1/tickers",
                "/api/v1/ticker/AAPL",
                "/api/v2/ticker",
                "/api/%3Cb%3E"
            })
    void anUnknownPathOfTheInterfaceIsNotFound(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertEquals(404, response.statusCode());
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "{\"type\":\"error\",\"code\":404,\"reason\":\"not_found\",\"message\":\"there is nothing at this path\","
                        + "\"retry\":false}",
                response.body());
    }
}
