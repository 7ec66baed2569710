package tickerplant.conversation;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.quote;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.http.Scrape;
import tickerplant.server.RawClient;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** What the service counts is what its clients have counted. */
@Timeout(120)
class MetersTest {
    /** More than wait for a client in a channel of which nothing merges. */
    private static final int TRADES = 2_100;

    private final Observatory observatory = new Observatory();
    private final Play play = new Play(observatory, listed("AAPL", 18_800), listed("MSFT", 40_000));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<TestClient> clients = new ArrayList<>();
    private TestService service;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        // no heartbeat comes while messages are counted
        service = TestService.with(Map.of(Setting.HEARTBEAT_MS, "60000"), play.feed());
    }

    @AfterEach
    void stop() {
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        clients.forEach(TestClient::close);
        service.close();
    }

    private TestClient client(String name) throws IOException {
        TestClient client = TestClient.dial(service.ticker())
                .subprotocol("tickerplant.v1")
                .checkedBy(observatory.observer(name))
                .connect();
        clients.add(client);
        client.hears("{\"type\":\"welcome\"}");
        return client;
    }

    private Scrape scrape() throws IOException, InterruptedException {
        return Scrape.read(
                http.send(HttpRequest.newBuilder(service.http("/metrics")).build(), BodyHandlers.ofString())
                        .body());
    }

    private Scrape scrapeOnce(Predicate<Scrape> holds) throws Exception {
        AtomicReference<Scrape> last = new AtomicReference<>();
        await(() -> String.valueOf(last.get()), () -> {
            last.set(scrape());
            return holds.test(last.get());
        });
        return last.get();
    }

    private Stream<Message> heard(String type) {
        return clients.stream().flatMap(client -> client.heard().stream()).filter(message -> message.type()
                .equals(type));
    }

    private long rows(String type, String channel) {
        return heard(type)
                .filter(message -> channel.equals(message.members().get("channel")))
                .mapToLong(message -> message.rows().size())
                .sum();
    }

    private long merged(String channel) {
        return heard("update")
                .filter(message -> channel.equals(message.members().get("channel")))
                .flatMap(message -> message.rows().stream())
                .filter(row -> row.containsKey("n"))
                .mapToLong(row -> ((Number) row.get("n")).longValue() - 1)
                .sum();
    }

    private Map<String, Long> reasons(String type) {
        return new HashMap<>(heard(type)
                .collect(groupingBy(message -> String.valueOf(message.members().get("reason")), counting())));
    }

    private long sum(ToLongFunction<Message> of) {
        return clients.stream()
                .flatMap(client -> client.heard().stream())
                .mapToLong(of)
                .sum();
    }

    private static boolean isTold(Message message, String symbol, long seq) {
        return message.rows().stream()
                .anyMatch(row -> symbol.equals(row.get("symbol")) && ((Number) row.get("seq")).longValue() == seq);
    }

    /** A conversation with rows that merge, a gap, errors, and a resume. */
    private void converse() throws IOException, InterruptedException {
        TestClient reader = client("reader");
        TestClient pausing = client("pausing");
        reader.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}");
        reader.request(
                "{\"type\":\"subscribe\",\"id\":2,\"channel\":\"bars\",\"interval\":\"1m\",\"symbols\":[\"AAPL\"]}");
        pausing.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"AAPL\"]}");
        pausing.request("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"trades\",\"symbols\":[\"AAPL\"]}");
        pausing.request("{\"type\":\"configure\",\"id\":3,\"paused\":true}");
        for (int i = 1; i <= TRADES; i++) {
            play.plays(trade("AAPL", 10_000 + i, 1, 1_767_225_600_000_000L + i));
        }
        play.plays(quote("MSFT", 40_000, 40_010, 1_767_225_601_000_000L));
        play.awaitTaken();
        reader.await("the last trade", message -> isTold(message, "AAPL", TRADES));
        reader.await("the quote", message -> isTold(message, "MSFT", 1));
        reader.await("the end of the bar", message -> message.text().contains("\"final\":true"));
        pausing.request("{\"type\":\"configure\",\"id\":4,\"paused\":false}");
        pausing.await(
                "the last trade in both channels",
                message -> "trades".equals(message.members().get("channel")) && isTold(message, "AAPL", TRADES));
        pausing.await(
                "the last change",
                message -> "ticker".equals(message.members().get("channel")) && isTold(message, "AAPL", TRADES));
        reader.says("{");
        reader.says("{\"type\":\"?\"}");
        reader.request("{\"type\":\"subscribe\",\"id\":5,\"channel\":\"nothing\",\"symbols\":[\"AAPL\"]}");
        reader.request("{\"type\":\"history\",\"id\":6,\"channel\":\"trades\",\"symbol\":\"GONE\"}");
        reader.request("{\"type\":\"ping\",\"id\":7}");
        pausing.request("{\"type\":\"unsubscribe\",\"id\":8,\"channel\":\"trades\"}");
    }

    @Test
    void whatWasSentIsWhatWasHeard() throws Exception {
        converse();
        Scrape scrape = scrapeOnce(each -> each.count("tickerplant_frames_out_total") >= sum(message -> 1));
        for (String channel : List.of("ticker", "trades", "bars", "status", "news")) {
            assertEquals(
                    rows("update", channel),
                    scrape.count("tickerplant_rows_out_total{channel=\"" + channel + "\",kind=\"update\"}"),
                    channel);
            assertEquals(
                    rows("snapshot", channel),
                    scrape.count("tickerplant_rows_out_total{channel=\"" + channel + "\",kind=\"snapshot\"}"),
                    channel);
            assertEquals(
                    merged(channel),
                    scrape.count("tickerplant_rows_merged_total{channel=\"" + channel + "\"}"),
                    channel);
        }
        assertTrue(merged("ticker") >= TRADES - 1, "the conversation has rows that were merged");
        assertEquals(sum(message -> 1), scrape.count("tickerplant_frames_out_total"));
        assertEquals(
                sum(message -> message.text().getBytes(StandardCharsets.UTF_8).length),
                scrape.count("tickerplant_out_bytes_total"));
        assertEquals(Map.of("configured", 1L), reasons("gap"));
        assertEquals(reasons("gap"), scrape.counts("tickerplant_gaps_total"));
        assertEquals(
                Map.of("malformed_json", 1L, "unknown_type", 1L, "unknown_channel", 1L, "unknown_symbol", 1L),
                reasons("error"));
        assertEquals(reasons("error"), scrape.counts("tickerplant_errors_total"));
    }

    @Test
    void whatCameInAndHowItStandsIsToldToo() throws Exception {
        converse();
        Scrape scrape = scrape();
        assertEquals(TRADES + 1, scrape.count("tickerplant_rows_in_total{channel=\"ticker\"}"));
        assertEquals(TRADES, scrape.count("tickerplant_rows_in_total{channel=\"trades\"}"));
        assertEquals(TRADES + 1, scrape.count("tickerplant_rows_in_total{channel=\"bars\"}"), "with the bar's end");
        assertEquals(Map.of("ticker", 3L, "bars", 1L), scrape.counts("tickerplant_subscriptions"));
        assertEquals(2, scrape.count("tickerplant_sessions"));
        assertEquals(2, scrape.count("tickerplant_sessions_opened_total"));
        assertEquals(2, scrape.count("tickerplant_ladder_sessions{level=\"full\"}"));
        assertEquals(0, scrape.count("tickerplant_market_queue"));
        assertEquals(0, scrape.value("tickerplant_inflight_age_seconds"));
        assertEquals(TRADES, scrape.count("tickerplant_feed_events_total{feed=\"test\",kind=\"trade\"}"));
        assertEquals(1, scrape.count("tickerplant_feed_events_total{feed=\"test\",kind=\"quote\"}"));
        assertEquals(1, scrape.count("tickerplant_feed_state{feed=\"test\",state=\"live\"}"));
        assertTrue(scrape.value("tickerplant_feed_age_seconds{feed=\"test\"}") < 120);
        long live = rows("update", "ticker") + rows("update", "trades") + rows("update", "bars");
        assertEquals(live, scrape.count("tickerplant_delivery_age_seconds_count"));
        assertTrue(scrape.value("tickerplant_delivery_age_seconds_sum") > 0);
    }

    @Test
    void rowsThatAreSentAgainHaveNoAge() throws Exception {
        TestClient first = client("first");
        first.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"trades\",\"symbols\":[\"AAPL\"]}");
        play.plays(trade("AAPL", 18_801, 1, 1_767_225_600_000_000L), trade("AAPL", 18_802, 1, 1_767_225_600_000_001L));
        first.await("both trades", message -> isTold(message, "AAPL", 2));
        TestClient second = client("second");
        second.request(
                "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"trades\",\"symbols\":[\"AAPL\"],\"resume\":{\"epoch\":\""
                        + service.tickerplant().sessions().epoch() + "\",\"seq\":{\"AAPL\":1}}}");
        second.await("the trade that it has missed", message -> isTold(message, "AAPL", 2));
        Scrape scrape = scrapeOnce(each -> each.count("tickerplant_frames_out_total") >= sum(message -> 1));
        assertEquals(3, rows("update", "trades"));
        assertEquals(3, scrape.count("tickerplant_rows_out_total{channel=\"trades\",kind=\"update\"}"));
        assertEquals(2, scrape.count("tickerplant_delivery_age_seconds_count"));
    }

    @Test
    void everyEndIsCountedByItsCode() throws Exception {
        TestClient leaving = client("leaving");
        TestClient binary = client("binary");
        TestClient lost = client("lost");
        TestClient odd = client("odd");
        leaving.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}");
        leaving.close(1000, "enough");
        binary.saysBinary(new byte[] {1});
        assertEquals(1003, binary.awaitClosing().code());
        lost.cut();
        odd.close(4999, "mine");
        Scrape scrape = scrapeOnce(each -> each.count("tickerplant_sessions") == 0
                && each.counts("tickerplant_subscriptions").isEmpty());
        assertEquals(
                Map.of("1000", 1L, "1003", 1L, "1006", 1L, "other", 1L), scrape.counts("tickerplant_closes_total"));
        assertEquals(Map.of(), scrape.counts("tickerplant_subscriptions"));
        assertEquals(Map.of(), scrape.counts("tickerplant_ladder_sessions"));
        assertEquals(Map.of("unsupported_data", 1L), scrape.counts("tickerplant_errors_total"));
    }

    @Test
    void whoIsTurnedAwayIsCountedByTheReason() throws Exception {
        String[][] requests = {
            {"GET /ws/ticker HTTP/1.1", "Host: localhost", "Connection: Upgrade", "Upgrade: websocket"},
            {
                "GET /ws/ticker HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: short"
            },
            {"GET /" + "x".repeat(20_000) + " HTTP/1.1", "Host: localhost"}
        };
        for (String[] request : requests) {
            try (RawClient client = new RawClient(service.port())) {
                client.say(request).head();
            }
        }
        try (RawClient client = new RawClient(service.port())) {
            client.upgrade("/ws/ticker", "Origin: http://evil.example").head();
        }
        assertEquals(
                Map.of("version", 1L, "request", 1L, "too_large", 1L, "origin", 1L),
                scrape().counts("tickerplant_handshakes_refused_total"));
    }
}
