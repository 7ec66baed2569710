package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.trade;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickerplant.checker.Schemas;
import tickerplant.feed.ScriptedFeed;
import tickerplant.http.ServletMapping;
import tickerplant.market.Clock;
import tickerplant.service.Connections;
import tickerplant.service.Setting;
import tickerplant.service.Settings;
import tickerplant.service.Tickerplant;
import tickerplant.service.Version;

/** What {@code openapi.json} says of paths, parameters and answers is so. */
@Timeout(60)
class OpenApiTest {
    private static final Path FILE = Path.of("webapp", "openapi.json");
    private static final String ADDRESS = "https://tickerplant.test/";
    private static final JsonNode DOCUMENT = read(FILE);
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(
                    ADDRESS + "openapi.json", DOCUMENT.toString(),
                    ADDRESS + "asyncapi.json", Schemas.served().document().toString())));
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static TestService open;
    private static TestService guarded;

    private static JsonNode read(Path file) {
        try {
            return Schemas.tree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        CountDownLatch played = new CountDownLatch(1);
        open = TestService.with(ScriptedFeed.live("test", listed("AAPL", 18_800), listed("MSFT", 40_000))
                .tells(
                        trade("AAPL", 18_932, 100, 1_767_225_600_120_482L),
                        trade("AAPL", 18_940, 200, 1_767_225_660_000_000L))
                .does(sink -> played.countDown())
                .waits());
        guarded = TestService.with(
                Map.of(
                        Setting.AUTH,
                        "jwt",
                        Setting.AUTH_KEY,
                        "a secret that is long enough for this test",
                        Setting.METRICS,
                        "none"),
                ScriptedFeed.live("test", listed("AAPL", 18_800)).waits());
        assertTrue(played.await(10, TimeUnit.SECONDS));
        await("the trade", () -> get(open, "/api/v1/ticker").body().contains("189.4"));
    }

    @AfterAll
    static void stop() {
        open.close();
        guarded.close();
    }

    private static HttpResponse<String> get(TestService service, String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(service.http(path)).build(), BodyHandlers.ofString());
    }

    private static Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        DOCUMENT.at("/paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    @Test
    void itHasEveryPathThatIsAnsweredAndNoOther() throws IOException {
        Settings settings = Settings.defaults();
        Tickerplant tickerplant = new Tickerplant(settings, List.of(), Clock.SYSTEM, new SplittableRandom(1));
        Set<String> answered = new TreeSet<>(Set.of("/asyncapi.json", "/openapi.json"));
        new Deployment(settings, tickerplant, Connections.OUT_OF_REACH, Map::of)
                .servlets().stream().map(ServletMapping::patterns).forEach(answered::addAll);
        answered.removeAll(Set.of("/", "/api/*"));
        assertEquals(answered, paths());
        assertEquals(Version.NUMBER, DOCUMENT.at("/info/version").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            textBlock =
                    """
            /api/v1/ticker 200
            /api/v1/ticker?symbols=AAPL,APPL,MSFT 200
            /api/v1/symbols?q=a&limit=1000 200
            /api/v1/symbols?limit=1001 400
            /api/v1/symbols 200
            /api/v1/trades?symbol=AAPL&limit=1 200
            /api/v1/trades?symbol=aapl&after_seq=1 200
            /api/v1/trades?symbol=AAPL&limit=10000 200
            /api/v1/trades?symbol=AAPL&limit=10001 400
            /api/v1/trades?symbol=AAPL&from=5&to=1 400
            /api/v1/trades 400
            /api/v1/trades?symbol=GONE 404
            /api/v1/trades?symbol=AAPL&epoch=e-0&after_seq=1 404
            /api/v1/trades?symbol=AAPL&format=csv 200
            /api/v1/bars?symbol=AAPL&interval=1m&format=ndjson 200
            /api/v1/bars?symbol=AAPL&interval=1m&format=xml 400
            /api/v1/bars?symbol=AAPL&interval=1m 200
            /api/v1/bars?symbol=AAPL&interval=1m&limit=1 200
            /api/v1/bars?symbol=AAPL&interval=1m&from=0&to=1767225600000 200
            /api/v1/bars?symbol=AAPL&interval=2m 404
            /api/v1/bars?symbol=AAPL 400
            /health/live 200
            /health/ready 200
            /metrics 200
            """)
    void anAnswerIsAsItsSchemaHasIt(String path, int status) throws Exception {
        assertFits(get(open, path), "get", path, status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            textBlock =
                    """
            /api/v1/ticker 401
            /api/v1/symbols?token=wrong 401
            /api/v1/trades?symbol=AAPL 401
            /api/v1/bars?symbol=AAPL&interval=1m 401
            /metrics 404
            """)
    void soIsTheAnswerToWhoMayNotAsk(String path, int status) throws Exception {
        assertFits(get(guarded, path), "get", path, status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            textBlock =
                    """
            /api/v1/feed application/json {"type":"publish","data":[{"symbol":"NEW","price":1,"size":2}]} 200
            /api/v1/feed application/json {"type":"publish","data":[{"symbol":"NEW","price":-1,"size":2},{"symbol":"AAPL","price":1}]} 200
            /api/v1/feed application/x-ndjson {"symbol":"NEW","price":1.5,"size":2} 200
            /api/v1/feed?publisher=desk&pseq=1 application/x-ndjson {"symbol":"NEW","price":1.5,"size":2} 200
            /api/v1/feed?publisher=desk&pseq=9 application/x-ndjson {"symbol":"NEW","price":1.5,"size":2} 400
            /api/v1/feed?publisher=desk application/x-ndjson {"symbol":"NEW","price":1.5,"size":2} 400
            /api/v1/feed application/json {"type":"ping"} 400
            /api/v1/feed application/json { 400
            """)
    void whatIsPublishedIsAnsweredAsItsSchemaHasIt(String path, String type, String body, int status) throws Exception {
        assertFits(post(open, path, type, body), "post", path, status);
    }

    @Test
    void soIsTheAnswerToWhoMayNotPublishAndToWhoSendsTooMuch() throws Exception {
        String path = "/api/v1/feed";
        assertFits(post(guarded, path, "application/json", "{}"), "post", path, 401);
        assertFits(post(open, path, "application/json", "{}", "Via", "1.1 proxy"), "post", path, 403);
        assertFits(post(open, path, "application/json", " ".repeat(70_000)), "post", path, 413);
    }

    private static HttpResponse<String> post(
            TestService service, String path, String type, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static void assertFits(HttpResponse<String> answer, String method, String path, int status) {
        assertEquals(status, answer.statusCode(), answer.body());
        String at = "/paths/" + path.split("\\?", 2)[0].replace("/", "~1") + "/" + method + "/responses/" + status;
        JsonNode response = DOCUMENT.at(at);
        assertFalse(response.isMissingNode(), at);
        if (response.has("$ref")) {
            at = response.get("$ref").asText().substring(1);
        }
        List<String> types = new ArrayList<>();
        DOCUMENT.at(at + "/content").fieldNames().forEachRemaining(types::add);
        String sent = answer.headers().firstValue("Content-Type").orElse("");
        assertEquals(1, types.stream().filter(sent::startsWith).count(), sent + " is none of " + types);
        if (sent.equals("application/json")) {
            Schema schema = REGISTRY.getSchema(
                    SchemaLocation.of(ADDRESS + "openapi.json#" + at + "/content/application~1json/schema"));
            List<String> complaints = schema.validate(Schemas.tree(answer.body())).stream()
                    .map(Object::toString)
                    .toList();
            assertEquals(List.of(), complaints, answer.body());
        }
    }

    @Test
    void anAnswerWithSomethingElseInItDoesNotFit() throws Exception {
        JsonNode answer = Schemas.tree(
                get(open, "/api/v1/trades?symbol=AAPL").body().replace("\"price\":189.32", "\"price\":\"189.32\""));
        Schema schema = REGISTRY.getSchema(SchemaLocation.of(ADDRESS + "openapi.json#/components/schemas/trades"));
        assertFalse(schema.validate(answer).isEmpty(), answer.toString());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        Set<String> references = new HashSet<>();
        collect(DOCUMENT, references);
        assertTrue(references.size() > 10);
        for (String reference : references) {
            String[] parts = reference.split("#", 2);
            JsonNode document = parts[0].isEmpty() ? DOCUMENT : Schemas.served().document();
            assertTrue(Set.of("", "asyncapi.json").contains(parts[0]), reference);
            assertFalse(document.at(parts[1]).isMissingNode(), reference);
        }
    }

    private static void collect(JsonNode node, Set<String> references) {
        if (node.has("$ref")) {
            references.add(node.get("$ref").asText());
        }
        node.forEach(child -> collect(child, references));
    }

    @Test
    void everyOperationHasANameOfItsOwnAndItsParametersAreNamedOnce() {
        List<String> names = new ArrayList<>();
        DOCUMENT.at("/paths").forEach(path -> {
            assertEquals(1, path.size());
            JsonNode operation = path.elements().next();
            names.add(operation.at("/operationId").asText());
            List<String> parameters = operation.findValuesAsText("name");
            assertEquals(new HashSet<>(parameters).size(), parameters.size(), parameters.toString());
        });
        assertEquals(new HashSet<>(names).size(), names.size(), names.toString());
        assertFalse(names.contains(""));
    }
}
