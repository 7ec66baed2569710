package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.checker.Checker;
import tickerplant.checker.Folded;
import tickerplant.checker.Key;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.Clock;
import tickerplant.market.Event;
import tickerplant.market.Events;
import tickerplant.market.Listed;
import tickerplant.server.TestService;

/**
 * The most that a client must be able to miss with the settings that the service has by itself: a minute of 5,000 events a
 * second, every one of them a trade, and the market goes on while it comes back. The minute is played as fast as it is taken;
 * by the events' own time it is one.
 */
@Tag("faults")
@Timeout(240)
class ResumeAtFullSpeedTest {
    private static final long NOON = 1_767_268_800_000_000L;
    private static final int EVENTS_PER_SECOND = 5_000;
    private static final long MICROS_BETWEEN = 1_000_000 / EVENTS_PER_SECOND;
    private static final int SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> SYMBOLS =
            IntStream.range(0, 20).mapToObj(i -> "S" + i).toList();
    private static final List<String> FOLLOWED = List.of("\"bars\",\"interval\":\"1s\"", "\"trades\"");

    private final Observatory observatory = new Observatory();
    private final Play play = Play.ofOldTimes(
            observatory,
            SYMBOLS.stream().map(symbol -> Events.listed(symbol, 10_000)).toArray(Listed[]::new));
    private long events;

    private void plays(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            play.plays(next());
        }
        play.awaitTaken();
    }

    /** Lets the market go on at its own speed. */
    private void goesOn(Duration span) throws InterruptedException {
        long start = Clock.SYSTEM.nanos();
        long first = events;
        long total = span.toMillis() * EVENTS_PER_SECOND / 1_000;
        while (events - first < total) {
            long due = Math.min(total, (Clock.SYSTEM.nanos() - start) * EVENTS_PER_SECOND / 1_000_000_000L);
            while (events - first < due) {
                play.plays(next());
            }
            Clock.SYSTEM.sleepUntil(Clock.SYSTEM.nanos() + 2_000_000);
        }
    }

    /** Every price occurs once. */
    private Event next() {
        String symbol = SYMBOLS.get((int) (events % SYMBOLS.size()));
        events++;
        return Events.trade(symbol, 10_000 + events, 100 + events % 50, NOON + events * MICROS_BETWEEN);
    }

    private void isHeard(TestClient client) {
        for (int i = 0; i < SYMBOLS.size(); i++) {
            long seq = (events - i + SYMBOLS.size() - 1) / SYMBOLS.size();
            client.awaitState(
                    Key.of("trades", SYMBOLS.get(i)), PATIENCE, "trades at " + seq, state -> state.seq() == seq);
        }
    }

    private static TestClient connect(TestService service, Checker checker) throws IOException {
        return TestClient.dial(service.ticker()).checkedBy(checker).connect();
    }

    private static String resume(Checker before, String epoch, String channel) {
        String name = channel.substring(1, channel.indexOf('"', 1));
        String numbers = before.folded().entrySet().stream()
                .filter(entry -> entry.getKey().channel().equals(name))
                .map(entry -> "\"%s\":%d"
                        .formatted(entry.getKey().symbol(), entry.getValue().seq()))
                .collect(Collectors.joining(","));
        return """
            {"type":"subscribe","id":1,"channel":%s,"symbols":["*"],"resume":{"epoch":"%s","seq":{%s}}}"""
                .formatted(channel, epoch, numbers);
    }

    @Test
    void aMinuteOfTradesIsReplayedByDefaultWhileTheMarketGoesOn() throws Exception {
        try (TestService service = TestService.with(play.feed());
                TestClient observer = connect(service, observatory.observer("observer"))) {
            String epoch = service.tickerplant().sessions().epoch();
            Checker before = observatory.checker("before");
            List<TestClient> followers = new ArrayList<>(List.of(observer));
            try (TestClient client = connect(service, before)) {
                followers.add(client);
                for (TestClient follower : followers) {
                    for (String channel : FOLLOWED) {
                        follower.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":%s,\"symbols\":[\"*\"]}"
                                .formatted(channel));
                    }
                }
                plays(EVENTS_PER_SECOND);
                isHeard(client);
            }

            for (int second = 0; second < SECONDS; second++) {
                plays(EVENTS_PER_SECOND);
                isHeard(observer);
            }

            Checker after = observatory.checker("after");
            after.resumes(before);
            try (TestClient client = connect(service, after)) {
                for (String channel : FOLLOWED) {
                    Message answer = client.request(resume(before, epoch, channel));
                    assertTrue(
                            !answer.text().contains("\"partial\"")
                                    && !answer.text().contains("\"snapshot\""),
                            answer.text());
                }
                goesOn(Duration.ofSeconds(2));
                isHeard(client);
                isHeard(observer);

                assertEquals(
                        List.of(),
                        client.heard().stream()
                                .filter(message -> message.type().equals("gap"))
                                .toList());
                assertEquals(finals(observer, before), finals(client, before));
                assertEquals(List.of(), observatory.verdict(System.nanoTime()));
            }
        }
    }

    /** The final bars that a client was told of after those that another one knew, by symbol and start. */
    private static Map<String, Object> finals(TestClient client, Checker before) {
        Map<Key, Folded> known = before.folded();
        return client.heard().stream()
                .filter(message -> message.type().equals("update"))
                .filter(message -> "bars".equals(message.members().get("channel")))
                .flatMap(message -> message.rows().stream())
                .filter(row -> Boolean.TRUE.equals(row.get("final")))
                .filter(row -> ((Number) row.get("seq")).longValue()
                        > known.get(new Key("bars", (String) row.get("symbol"), "1s"))
                                .seq())
                .collect(Collectors.toMap(row -> row.get("symbol") + " " + row.get("start"), row -> row));
    }
}
