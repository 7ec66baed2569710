package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;
import tickerplant.checker.Json;
import tickerplant.checker.Message;
import tickerplant.checker.TestClient;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** What is published into a service with a journal: it counts once, also across a restart, and is acknowledged once it is stored. */
class PublishRestartTest {
    @TempDir
    Path folder;

    private TestService start() throws Exception {
        return TestService.with(Map.of(Setting.DATA, folder.toString()));
    }

    private static TestClient publisher(TestService service) throws Exception {
        return TestClient.dial(service.feed()).connect();
    }

    private static String message(int pseq, String... events) {
        return "{\"type\":\"publish\",\"id\":" + pseq + ",\"publisher\":\"desk-1\",\"pseq\":" + pseq + ",\"data\":["
                + String.join(",", events) + "]}";
    }

    private static String trade(String price) {
        return "{\"symbol\":\"DESK.A\",\"price\":" + price + ",\"size\":1,\"id\":\"t-" + price + "\"}";
    }

    private static void answers(TestClient publisher, String message, String expected) {
        Message answer = publisher.request(message);
        assertTrue(
                Json.has(answer.members(), Json.parse(expected)),
                () -> "expected " + expected + " to " + message + ", was " + answer.text());
    }

    private static List<String> history(TestService service) throws Exception {
        String body = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.http("/api/v1/trades?symbol=DESK.A"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return Json.objects(Json.parse(body).get("data")).stream()
                .map(row -> row.get("seq") + " " + row.get("price"))
                .toList();
    }

    @Test
    void aMessageCountsOnceAcrossARestart() throws Exception {
        String first =
                message(1, "{\"kind\":\"instrument\",\"symbol\":\"DESK.A\",\"name\":\"Desk A\"}", trade("10.25"));
        String second = message(2, trade("10.5"));
        try (TestService service = start();
                TestClient publisher = publisher(service)) {
            answers(publisher, first, "{\"type\":\"accepted\",\"count\":2,\"duplicates\":0}");
            answers(publisher, second, "{\"type\":\"accepted\",\"count\":1,\"duplicates\":0}");
        }
        try (TestService service = start();
                TestClient publisher = publisher(service)) {
            answers(publisher, second, "{\"type\":\"accepted\",\"count\":0,\"duplicates\":1}");
            answers(publisher, message(4, trade("11")), "{\"type\":\"error\",\"field\":\"pseq\",\"expected\":3}");
            answers(publisher, message(3, trade("10.75")), "{\"type\":\"accepted\",\"count\":1,\"duplicates\":0}");
            assertEquals(List.of("1 10.25", "2 10.5", "3 10.75"), history(service));
            try (TestClient client = TestClient.dial(service.ticker()).connect()) {
                client.hears("{\"type\":\"welcome\"}");
                client.says(
                        """
                    {"type":"subscribe","id":1,"channel":"ticker","symbols":["DESK.A"]}""");
                client.hears("{\"type\":\"subscribed\",\"id\":1}");
                client.hears(
                        """
                    {"type":"snapshot","data":[{"symbol":"DESK.A","name":"Desk A","last":10.75}]}""");
            }
        }
    }

    @Test
    void whatCannotBeStoredIsNotAcknowledged() throws Exception {
        SQLiteDataSource file = new SQLiteDataSource();
        file.setUrl("jdbc:sqlite:" + folder.resolve("journal.db"));
        try (TestService service = start();
                TestClient publisher = publisher(service)) {
            answers(publisher, message(1, trade("10.5")), "{\"type\":\"accepted\",\"count\":1}");
            try (Connection other = file.getConnection();
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                publisher.says(message(2, trade("11")));
                publisher.hears("{\"type\":\"error\",\"id\":2,\"reason\":\"internal\"}");
                publisher.says(message(3, trade("12")));
                publisher.hears("{\"type\":\"error\",\"id\":3,\"reason\":\"internal\"}");
                assertEquals(List.of("1 10.5", "2 11"), history(service), "the third changed nothing");
                statement.execute("ROLLBACK");
            }
            await(
                    "it is written again",
                    () -> service.tickerplant().journal().trouble().isEmpty());
            answers(publisher, message(2, trade("11")), "{\"type\":\"accepted\",\"count\":0,\"duplicates\":1}");
            answers(publisher, message(3, trade("12")), "{\"type\":\"accepted\",\"count\":1,\"duplicates\":0}");
            assertEquals(List.of("1 10.5", "2 11", "3 12"), history(service));
        }
    }
}
