package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Checker;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** A client that does not read: what it gets afterwards, and what others notice of it. */
class SlowClientTest {
    private static final int SYMBOLS = 20;
    private static final int EVENTS_PER_SECOND = 5_000;
    private static final String FOLLOW_ALL =
            """
        {"type":"subscribe","id":1,"channel":"ticker","symbols":["*"]}""";

    private final Observatory observatory = new Observatory();
    private final MovingMarket market = new MovingMarket(observatory, SYMBOLS, EVENTS_PER_SECOND, 7);

    private TestClient connect(TestService service, Checker checker, int receiveBuffer) throws IOException {
        return TestClient.dial(service.ticker())
                .subprotocol("tickerplant.v1")
                .checkedBy(checker)
                .receiveBuffer(receiveBuffer)
                .connect();
    }

    private static long merged(TestClient client) {
        return client.heard().stream()
                .flatMap(message -> message.rows().stream())
                .filter(row -> row.containsKey("n") && row.containsKey("hi"))
                .count();
    }

    @Test
    void afterTenSecondsWithoutReadingItGetsMergedRowsAndOthersNoticeNothing() throws Exception {
        try (TestService service = TestService.with(market.feed());
                TestClient observer = connect(service, observatory.observer("observer"), 1 << 20);
                TestClient slow = connect(service, observatory.checker("slow"), 16 * 1024)) {
            observer.request(FOLLOW_ALL);
            slow.request(FOLLOW_ALL);
            market.moves(Duration.ofSeconds(1));

            slow.stopReading();
            market.moves(Duration.ofSeconds(10));
            slow.resumeReading();
            market.moves(Duration.ofSeconds(1));

            market.isHeard(slow, "ticker");
            market.isHeard(observer, "ticker");
            assertTrue(merged(slow) > 0, "nothing was merged");
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }

    @Test
    void oneThatNeverReadsAgainIsCutAndItsPlaceGivenFree() throws Exception {
        try (TestService service = TestService.with(Map.of(Setting.SLOW_MS, "1000"), market.feed());
                TestClient observer = connect(service, observatory.observer("observer"), 1 << 20);
                TestClient slow = connect(service, observatory.checker("slow"), 16 * 1024)) {
            observer.request(FOLLOW_ALL);
            slow.request(FOLLOW_ALL);
            slow.stopReading();
            await("the slow one's TCP connection is gone", () -> {
                market.moves(Duration.ofMillis(200));
                return service.connections() == 1;
            });

            assertEquals(1, service.tickerplant().sessions().count());
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }
}
