package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.trade;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.checker.Json;
import tickerplant.feed.ScriptedFeed;
import tickerplant.service.Setting;

@Timeout(120)
class ImportCommandTest {
    private static final long NOON = 1_767_355_200_000_000L;
    private static final long HOUR = 3_600_000_000L;

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();

    private int imports(Path file) {
        return terminal.run("import", "--data", data(), file.toString());
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** A file of ten trades, a minute apart. */
    private Path file(String name, long from, int firstPrice) throws IOException {
        StringBuilder text = new StringBuilder("ts,symbol,price,size,id\n");
        for (int i = 0; i < 10; i++) {
            text.append(from / 1_000 + i * 60_000L)
                    .append(",ACME,")
                    .append(firstPrice + i)
                    .append(".125,3,t");
            text.append(i).append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private TestService service(ScriptedFeed feed) throws IOException, InterruptedException {
        return TestService.with(Map.of(Setting.DATA, data()), feed);
    }

    private static Map<String, Object> get(TestService service, String path) throws Exception {
        return Json.parse(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(service.http(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private static List<?> rows(Map<String, Object> answer) {
        return (List<?>) answer.get("data");
    }

    @Test
    void whatWasImportedIsInTheHistoryAndTwiceIsOnce() throws Exception {
        Path file = file("day.csv", NOON, 100);
        assertEquals(0, imports(file), terminal.err());
        assertTrue(terminal.err().contains("imported day.csv as import-"), terminal.err());
        assertTrue(terminal.err().contains("10 trades"), terminal.err());

        Path packed = folder.resolve("other.csv.gz");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(Files.readAllBytes(file));
        }
        Files.write(packed, bytes.toByteArray());
        assertEquals(0, imports(packed), terminal.err());
        assertTrue(terminal.err().contains("other.csv.gz was imported before"), terminal.err());

        try (TestService service =
                service(ScriptedFeed.live("test", listed("ACME", 10_000)).waits())) {
            assertEquals(
                    2,
                    rows(get(service, "/api/v1/bars?symbol=ACME&interval=5m")).size(),
                    "a feed names it, and has told nothing");
        }
        try (TestService service =
                service(ScriptedFeed.live("test", listed("OTHER", 100)).waits())) {
            Map<String, Object> trades = get(service, "/api/v1/trades?symbol=ACME&from=" + NOON / 1_000);
            assertEquals(10, rows(trades).size());
            String epoch = (String) trades.get("epoch");
            assertTrue(epoch.startsWith("import-"), epoch);
            assertEquals(
                    3,
                    rows(get(service, "/api/v1/trades?symbol=ACME&epoch=" + epoch + "&after_seq=7"))
                            .size());
            assertEquals(
                    10,
                    rows(get(service, "/api/v1/bars?symbol=ACME&interval=1m")).size());
            assertEquals(
                    2,
                    rows(get(service, "/api/v1/bars?symbol=ACME&interval=5m")).size());
            assertEquals(
                    "unknown_symbol",
                    get(service, "/api/v1/bars?symbol=NOBODY&interval=5m").get("reason"));
        }
    }

    @Test
    void whereASymbolIsFollowedItsImportedPastStandsBeforeTheLiveOne() throws Exception {
        CountDownLatch played = new CountDownLatch(1);
        try (TestService service = service(ScriptedFeed.live("test", listed("ACME", 10_000))
                .tells(trade("ACME", 10_100, 5, NOON), trade("ACME", 10_200, 5, NOON + 60_000_000))
                .does(sink -> played.countDown())
                .waits())) {
            assertTrue(played.await(30, TimeUnit.SECONDS));
            assertEquals(2, rows(get(service, "/api/v1/trades?symbol=ACME")).size());
        }
        assertEquals(0, imports(file("earlier.csv", NOON - HOUR, 50)), terminal.err());
        assertEquals(0, imports(file("later.csv", NOON + HOUR, 200)), terminal.err());
        try (TestService service =
                service(ScriptedFeed.live("test", listed("ACME", 10_000)).waits())) {
            String minutes = "/api/v1/bars?symbol=ACME&interval=1m";
            assertEquals(22, rows(get(service, minutes)).size());
            assertFalse(get(service, minutes).containsKey("whole_after"));
            Map<String, Object> live = get(service, "/api/v1/trades?symbol=ACME");
            assertEquals(2, rows(live).size());
            Map<String, Object> later = get(service, "/api/v1/trades?symbol=ACME&from=" + (NOON + HOUR) / 1_000);
            assertEquals(10, rows(later).size(), "the live epoch has nothing there");
            assertTrue(((String) later.get("epoch")).startsWith("import-"));
            Map<?, ?> day = (Map<?, ?>)
                    rows(get(service, "/api/v1/bars?symbol=ACME&interval=1h")).get(0);
            assertEquals(10, ((Number) day.get("trades")).longValue());
        }
    }

    @Test
    void whatIsNotValidIsSaidAndTheRestIsThere() throws Exception {
        Path file = Files.writeString(
                folder.resolve("some.ndjson"),
                """
                {"ts":1767355200000,"symbol":"ACME","price":10.5,"size":1}
                {"ts":1767355200001,"symbol":"ACME","price":-1,"size":1}
                {"ts":1767355200002,"symbol":"ACME","price":10.6,"size":1}
                {"kind":"news","ts":1767355200003,"symbol":"*","headline":"Nothing happened"}
                """);
        assertEquals(3, imports(file));
        assertTrue(terminal.err().contains("some.ndjson, line 2: "), terminal.err());
        assertTrue(terminal.err().contains("2 trades, 1 other events"), terminal.err());
    }

    @Test
    void whatCantBeImportedIsOneLine() throws Exception {
        assertEquals(2, terminal.run("import", file("day.csv", NOON, 1).toString()));
        assertEquals(2, terminal.run("import", "--data", data()));
        assertEquals(
                2,
                terminal.run(
                        "import",
                        "--data",
                        data(),
                        "--date",
                        "yesterday",
                        folder.resolve("day.csv").toString()));
        assertEquals(1, imports(folder.resolve("none.csv")));
        try (TestService service =
                service(ScriptedFeed.live("test", listed("ACME", 1)).waits())) {
            assertEquals(1, imports(folder.resolve("day.csv")));
            assertEquals(0, service.tickerplant().journal().lost());
        }
        assertEquals(
                List.of(
                        "tickerplant: --data is missing, expected the path of the folder that the journal is in",
                        "tickerplant: a FILE is missing, see import --help",
                        "tickerplant: --date is 'yesterday', expected a day such as 2026-01-02",
                        "tickerplant: '" + folder.resolve("none.csv") + "' is no file that can be read",
                        "tickerplant: the folder " + data() + " is in use by another server"),
                terminal.err().lines().toList());
    }
}
