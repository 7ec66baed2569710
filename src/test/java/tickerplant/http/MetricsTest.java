package tickerplant.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.feed.ScriptedFeed;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** Who may read the meters, and that what is written of them is so. */
@Timeout(60)
class MetricsTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern ROW =
            Pattern.compile("^\\| `(tickerplant_[a-z_]+)` \\| ([a-z]+) \\| ([a-z_`, ]*)\\| .+ \\|$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

    private final CountDownLatch played = new CountDownLatch(1);
    private TestService service;

    @AfterEach
    void stop() {
        service.close();
    }

    private void start(Map<Setting, String> settings) throws IOException, InterruptedException {
        service = TestService.with(
                settings,
                ScriptedFeed.live("test", listed("AAPL", 18_800))
                        .tells(trade("AAPL", 18_932, 100, 1_767_225_600_120_482L))
                        .does(sink -> played.countDown())
                        .waits());
        assertTrue(played.await(10, TimeUnit.SECONDS));
    }

    private HttpResponse<String> get(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http("/metrics"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aProgramOnThisMachineReadsThem() throws Exception {
        start(Map.of());
        HttpResponse<String> answer = get();
        assertEquals(200, answer.statusCode());
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                answer.headers()
                        .firstValue("Content-Type")
                        .orElse(answer.headers().map().toString()));
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
        Scrape scrape = Scrape.read(answer.body());
        assertEquals(0, scrape.count("tickerplant_sessions"));
        assertEquals(1, scrape.count("tickerplant_feed_events_total{feed=\"test\",kind=\"trade\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Via"})
    void whoComesThroughAProxyDoesNot(String header) throws Exception {
        start(Map.of());
        HttpResponse<String> answer = get(header, "127.0.0.1");
        assertEquals(403, answer.statusCode());
        assertTrue(!answer.body().contains("tickerplant_"), answer.body());
    }

    @Test
    void everybodyDoesWhereThatIsSet() throws Exception {
        start(Map.of(Setting.METRICS, "all"));
        assertEquals(200, get("X-Forwarded-For", "192.0.2.1").statusCode());
    }

    @Test
    void nobodyDoesWhereThatIsSet() throws Exception {
        start(Map.of(Setting.METRICS, "none"));
        assertEquals(404, get().statusCode());
    }

    @Test
    void onlyGetAndHeadAreAnswered() throws Exception {
        start(Map.of());
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http("/metrics"));
        assertEquals(
                405,
                HTTP.send(request.POST(BodyPublishers.ofString("x")).build(), BodyHandlers.ofString())
                        .statusCode());
        HttpResponse<String> head =
                HTTP.send(request.method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
    }

    /** Of each meter its type and its labels. */
    private static Map<String, String> told(Scrape scrape) {
        Map<String, String> told = new TreeMap<>();
        scrape.types().forEach((name, type) -> told.put(name, type + " " + labels(scrape, name)));
        return told;
    }

    private static String labels(Scrape scrape, String name) {
        return scrape.samples().keySet().stream()
                .filter(key -> key.startsWith(name + "{"))
                .findFirst()
                .map(key -> String.join(
                        ", ",
                        LABEL.matcher(key)
                                .results()
                                .map(label -> "`" + label.group(1) + "`")
                                .toList()))
                .orElse("");
    }

    @Test
    void theDocumentListsEachAsItIs(@TempDir Path folder) throws Exception {
        start(Map.of(Setting.DATA, folder.resolve("journal").toString()));
        Map<String, String> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("docs/operations.md")));
        while (row.find()) {
            documented.put(row.group(1), row.group(2) + " " + row.group(3).strip());
        }
        assertEquals(documented, told(Scrape.read(get().body())));
    }
}
