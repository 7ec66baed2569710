package tickerplant.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tickerplant.checker.FeedRecord;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.FixedClock;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** A stand-in for each venue, the real service, and a client whose every message the checker judges. */
class VenueConversationTest {
    static List<Dialect> dialects() {
        return Dialect.all();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aFollowerHearsThatTheVenueIsGoneAndThenTheTruth(Dialect dialect) throws Exception {
        String code = dialect.code();
        Observatory observatory = new Observatory();
        FeedRecord record = observatory.feed();
        record.known(code, "0");
        try (StandIn venue = new StandIn()) {
            dialect.teach(venue);
            FixedClock clock = FixedClock.at(1_767_364_205_000_000L);
            VenueFeed feed = VenueFeed.of(dialect.spec(venue), clock, key -> Optional.of("test-" + key));
            try (TestService service = TestService.with(Map.of(Setting.HEARTBEAT_MS, "500"), feed);
                    TestClient client = TestClient.dial(service.ticker())
                            .subprotocol("tickerplant.v1")
                            .checkedBy(observatory.observer("follower"))
                            .connect()) {
                client.request(
                        "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"" + code + "\"]}");
                client.request(
                        "{\"type\":\"subscribe\",\"id\":2,\"channel\":\"trades\",\"symbols\":[\"" + code + "\"]}");
                StandIn.Link link = venue.link(dialect::asks);
                if (dialect.quotes()) {
                    record.quote(code, "100.01", "100.02");
                }
                record.trade(code, "100.02", "1.5");
                link.says(dialect.quote("100.01", "100.02"), dialect.trade(7, "100.02", "1.5"));
                client.await("the first trade", message -> tells(message, "100.02"));
                awaitFeed(client, "live");

                venue.refuses(true);
                link.cuts(clock);
                awaitFeed(client, "down");
                venue.refuses(false);
                link = venue.link(dialect::asks);
                if (dialect.quotes() && !dialect.repeatsQuotes()) {
                    record.quote(code, "0", "0");
                }
                if (!dialect.numbersTrades()) {
                    record.loss(code);
                }
                record.trade(code, "100.03", "1");
                if (dialect.numbersTrades()) {
                    record.loss(code);
                }
                record.trade(code, "100.05", "2");
                link.says(
                        dialect.trade(7, "100.02", "1.5"),
                        dialect.trade(8, "100.03", "1"),
                        dialect.trade(10, "100.05", "2"));
                client.await("the last trade", message -> tells(message, "100.05"));
                awaitFeed(client, "live");

                List<String> trades = new ArrayList<>();
                for (Message message : client.heard()) {
                    if (message.type().equals("gap")) {
                        assertEquals("feed", message.members().get("reason"));
                        trades.add("gap");
                    } else if (message.type().equals("update") && isOfTrades(message)) {
                        message.rows()
                                .forEach(row -> trades.add(row.get("price").toString()));
                    }
                }
                assertEquals(
                        dialect.numbersTrades()
                                ? List.of("100.02", "100.03", "gap", "100.05")
                                : List.of("100.02", "gap", "100.03", "100.05"),
                        trades);
            }
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        }
    }

    private static boolean isOfTrades(Message message) {
        return "trades".equals(message.members().get("channel"));
    }

    private static boolean tells(Message message, String price) {
        return message.type().equals("update")
                && isOfTrades(message)
                && message.rows().stream().anyMatch(row -> price.equals(String.valueOf(row.get("price"))));
    }

    private static void awaitFeed(TestClient client, String word) {
        client.awaitAfter(
                client.heard().size(),
                "a heartbeat that says " + word,
                message -> message.type().equals("heartbeat")
                        && word.equals(message.members().get("feed")));
    }
}
