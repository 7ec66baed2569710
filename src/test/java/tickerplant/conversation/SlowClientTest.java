package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Checker;
import tickerplant.checker.Key;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.market.Events;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** A client that does not read: what it gets afterwards, and what others notice of it. */
class SlowClientTest {
    private static final int SYMBOLS = 20;
    private static final int EVENTS_PER_SECOND = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FOLLOW_ALL =
            """
        {"type":"subscribe","id":1,"channel":"ticker","symbols":["*"]}""";

    private final Observatory observatory = new Observatory();
    private final Random random = new Random(7);
    private final List<String> symbols = new ArrayList<>();
    private final Play play;
    private long events;

    SlowClientTest() {
        for (int i = 0; i < SYMBOLS; i++) {
            symbols.add("S" + i);
        }
        play = new Play(
                observatory,
                symbols.stream().map(symbol -> Events.listed(symbol, 10_000)).toArray(Listed[]::new));
    }

    /** Lets all symbols move, evenly, for so long. */
    private void market(Duration span) throws InterruptedException {
        long start = Clock.SYSTEM.nanos();
        long first = events;
        long total = span.toMillis() * EVENTS_PER_SECOND / 1_000;
        while (events - first < total) {
            long due = (Clock.SYSTEM.nanos() - start) * EVENTS_PER_SECOND / 1_000_000_000L;
            while (events - first < Math.min(due, total)) {
                move();
            }
            Clock.SYSTEM.sleepUntil(Clock.SYSTEM.nanos() + 2_000_000);
        }
    }

    /** Every price occurs once, so that a mix-up shows. */
    private void move() {
        String symbol = symbols.get(random.nextInt(SYMBOLS));
        long price = 10_000 + 2 * ++events;
        play.plays(
                random.nextInt(3) == 0
                        ? Events.trade(symbol, price, 100, events)
                        : Events.quote(symbol, price - 1, price, events));
    }

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
        try (TestService service = TestService.with(play.feed());
                TestClient observer = connect(service, observatory.observer("observer"), 1 << 20);
                TestClient slow = connect(service, observatory.checker("slow"), 16 * 1024)) {
            observer.request(FOLLOW_ALL);
            slow.request(FOLLOW_ALL);
            market(Duration.ofSeconds(1));

            slow.stopReading();
            market(Duration.ofSeconds(10));
            slow.resumeReading();
            market(Duration.ofSeconds(1));

            for (String symbol : symbols) {
                Key key = Key.of("ticker", symbol);
                long last = service.tickerplant()
                        .hub()
                        .topic(Channel.TICKER, new Symbol(symbol))
                        .orElseThrow()
                        .standing()
                        .update()
                        .seq();
                slow.awaitState(key, "the last state", state -> state.seq() == last);
                observer.awaitState(key, "the last state", state -> state.seq() == last);
            }
            assertTrue(merged(slow) > 0, "nothing was merged");
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }

    @Test
    void oneThatNeverReadsAgainIsCutAndItsPlaceGivenFree() throws Exception {
        try (TestService service = TestService.with(Map.of(Setting.SLOW_MS, "1000"), play.feed());
                TestClient observer = connect(service, observatory.observer("observer"), 1 << 20);
                TestClient slow = connect(service, observatory.checker("slow"), 16 * 1024)) {
            observer.request(FOLLOW_ALL);
            slow.request(FOLLOW_ALL);
            slow.stopReading();
            long deadline = Clock.SYSTEM.nanos() + PATIENCE.toNanos();
            while (service.tickerplant().sessions().count() > 1 && Clock.SYSTEM.nanos() < deadline) {
                market(Duration.ofMillis(200));
            }

            assertEquals(1, service.tickerplant().sessions().count());
            slow.resumeReading();
            slow.awaitClosing();
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }
}
