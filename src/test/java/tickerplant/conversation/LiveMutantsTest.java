package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tickerplant.checker.Assertion;
import tickerplant.checker.Json;
import tickerplant.checker.Mutant;
import tickerplant.checker.Mutation;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.checker.Violation;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/**
 * The real service, spoiled on its way to one client in every way there is: each mutant is caught by the assertion meant for
 * it, with the others switched off, and the unspoiled service by none.
 */
class LiveMutantsTest {
    private static final Mutant HONEST = List::of;
    private static final int PERIOD = 3;
    private static final int HEARTBEATS = 12;

    @Test
    void theRealServiceIsNeverAccused() throws Exception {
        assertEquals(List.of(), hear(EnumSet.allOf(Assertion.class), HONEST, "2000"));
    }

    @ParameterizedTest
    @EnumSource
    void eachMutantIsCaughtByTheAssertionMeantForIt(Mutation mutation) throws Exception {
        int period = mutation == Mutation.SENDS_AFTER_UNSUBSCRIBED ? 1 : PERIOD;
        assertFalse(
                hear(EnumSet.of(mutation.caughtBy()), mutation.mutant(period), "100")
                        .isEmpty(),
                mutation + " went unnoticed");
    }

    private static List<Violation> hear(Set<Assertion> asserted, Mutant mutant, String heartbeatMillis)
            throws Exception {
        Observatory observatory = new Observatory();
        MovingMarket market = new MovingMarket(observatory, 4, 2_000, 11);
        try (TestService service = TestService.with(Map.of(Setting.HEARTBEAT_MS, heartbeatMillis), market.feed());
                TestClient observer = TestClient.dial(service.ticker())
                        .checkedBy(observatory.observer("observer", asserted))
                        .connect();
                TestClient spoiled = TestClient.dial(service.ticker())
                        .checkedBy(observatory.checker("spoiled", asserted))
                        .spoiledBy(mutant)
                        .receiveBuffer(4 * 1024)
                        .connect()) {
            for (TestClient client : List.of(observer, spoiled)) {
                for (String channel : List.of("ticker", "trades", "status")) {
                    client.says(
                            "{\"type\":\"subscribe\",\"id\":\"%1$s\",\"channel\":\"%1$s\",\"symbols\":[\"S0\",\"S1\",\"S2\"]}"
                                    .formatted(channel));
                }
            }
            market.moves(Duration.ofMillis(200));
            spoiled.stopReading();
            market.moves(Duration.ofMillis(600));
            spoiled.resumeReading();
            spoiled.says("{\"type\":\"unsubscribe\",\"id\":4,\"channel\":\"trades\"}");
            for (int i = 1; i <= PERIOD; i++) {
                spoiled.says("{\"type\":\"ping\",\"id\":\"p%d\"}".formatted(i));
            }
            market.moves(Duration.ofMillis(200));
            observer.says("{\"type\":\"ping\",\"id\":6}");
            observer.await(
                    "the end of what was played", message -> message.text().contains("\"id\":6"));
            // one of the two comes through, whatever the mutant drops; what it spoils of replies is behind it then
            spoiled.await(
                    "an answer to its last pings",
                    message ->
                            message.text().contains("\"p2\"") || message.text().contains("\"p3\""));
            if (asserted.equals(EnumSet.of(Assertion.HEARTBEAT))) {
                // enough of them in the quiet, when each has a sum, and none is excused any more
                for (int i = 0; i < HEARTBEATS; i++) {
                    observer.awaitAfter(observer.heard().size(), "a heartbeat", message -> message.type()
                            .equals("heartbeat"));
                }
            }
            observatory.settled("ticker", standing(service));
            // a missing answer shows only later, and later a heartbeat would be missing too
            Duration ahead = asserted.contains(Assertion.HEARTBEAT) ? Duration.ZERO : Duration.ofSeconds(3);
            List<Violation> verdict = observatory.verdict(System.nanoTime() + ahead.toNanos());
            if (!verdict.isEmpty()) {
                return verdict;
            }
            service.stop();
            spoiled.awaitClosing();
            return observatory.verdict(System.nanoTime());
        }
    }

    private static Map<String, Map<String, Object>> standing(TestService service) throws IOException {
        Map<String, Map<String, Object>> rows = new HashMap<>();
        for (Topic topic : service.tickerplant().hub().topics(Channel.TICKER, "")) {
            String row = new String(topic.standing().snapshotText(), StandardCharsets.UTF_8);
            rows.put(topic.symbol().name(), Json.parse(row));
        }
        return rows;
    }
}
