package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** What a client hears of a calendar; that of the test has one phase, whatever the time is. */
class CalendarConversationTest {
    private final Play play = new Play(new Observatory(), listed("AAPL", 18_800));

    @Test
    void aClientIsToldThePhaseThatTheCalendarSays(@TempDir Path folder) throws IOException, InterruptedException {
        Path calendar = Files.writeString(
                folder.resolve("calendar.txt"),
                """
                zone Asia/Tokyo
                until 9999-12-30
                hours always 00:00 auction
                mon-sun always
                """);
        try (TestService service = TestService.with(
                        Map.of(Setting.CALENDAR, calendar.toString(), Setting.HEARTBEAT_MS, "100"), play.feed());
                TestClient client = TestClient.dial(service.ticker()).connect()) {
            client.await("a heartbeat", message -> message.text().contains("\"market\":\"auction\""));
            client.says("""
                {"type":"subscribe","id":1,"channel":"status","symbols":["AAPL"]}""");
            String snapshot = client.await(
                            "a snapshot", message -> message.type().equals("snapshot"))
                    .text();
            assertTrue(snapshot.contains("{\"symbol\":\"*\",\"seq\":1,\"phase\":\"auction\","), snapshot);
        }
    }
}
