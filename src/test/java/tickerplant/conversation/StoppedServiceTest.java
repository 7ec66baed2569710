package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.checker.Json;

/** The service is stopped by a signal while it has much to do: what any client was told of trades is in the history, once. */
@Timeout(240)
class StoppedServiceTest {
    private static final int CLIENTS = 3;
    private static final int ENOUGH = 4_000;
    private static final int ROUNDS = Integer.getInteger("journal.stops", 1);

    /** Keeps every message. */
    private static final class Listener implements WebSocket.Listener {
        private final List<String> messages = new ArrayList<>();
        private final StringBuilder message = new StringBuilder();
        private final LongAdder rows;
        private final CountDownLatch closed = new CountDownLatch(1);

        Listener(LongAdder rows) {
            this.rows = rows;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            message.append(part);
            if (isLast) {
                messages.add(message.toString());
                rows.add(message.chars().filter(c -> c == '}').count());
                message.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.countDown();
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.countDown();
        }
    }

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Optional<NodeProcess> service = Optional.empty();

    @AfterEach
    void endWhatIsLeft() {
        service.ifPresent(NodeProcess::close);
    }

    private URI begin(String feed) throws IOException {
        NodeProcess process =
                NodeProcess.node(folder.resolve("log"), "--feed=" + feed, "--data=" + folder.resolve("data"));
        service = Optional.of(process);
        return URI.create(process.firstLine());
    }

    private void ends() throws InterruptedException {
        service.orElseThrow().terminate();
        assertEquals(143, service.orElseThrow().awaitEnd());
    }

    @Test
    void everyTradeThatAnyClientWasToldIsInTheHistoryOnce() throws Exception {
        Map<String, Map<Long, Map<String, Object>>> told = new HashMap<>();
        String epoch = "";
        for (int round = 0; round < ROUNDS; round++) {
            URI address = begin("simulated?symbols=200&rate=20000&seed=7");
            LongAdder rows = new LongAdder();
            List<Listener> listeners = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Listener listener = new Listener(rows);
                listeners.add(listener);
                WebSocket socket = http.newWebSocketBuilder()
                        .subprotocols("tickerplant.v1")
                        .buildAsync(URI.create("ws://" + address.getAuthority() + "/ws/ticker"), listener)
                        .get(60, TimeUnit.SECONDS);
                socket.sendText("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"trades\",\"symbols\":[\"*\"]}", true)
                        .get(60, TimeUnit.SECONDS);
            }
            await("trades", () -> rows.sum() >= (long) CLIENTS * ENOUGH);
            ends();
            for (Listener listener : listeners) {
                assertTrue(listener.closed.await(60, TimeUnit.SECONDS), "a client was never closed");
                for (String message : listener.messages) {
                    note(Json.parse(message), told);
                }
                String welcome =
                        String.valueOf(Json.parse(listener.messages.get(0)).get("epoch"));
                assertTrue(epoch.isEmpty() || epoch.equals(welcome), "a stop ends no epoch");
                epoch = welcome;
            }
        }
        URI address = begin("none");
        long count = 0;
        for (Map.Entry<String, Map<Long, Map<String, Object>>> symbol : told.entrySet()) {
            Map<Long, Map<String, Object>> stored = history(address, symbol.getKey(), epoch);
            symbol.getValue().forEach((seq, row) -> assertEquals(row, stored.get(seq), symbol.getKey() + " " + seq));
            count += symbol.getValue().size();
        }
        assertTrue(count >= (long) ROUNDS * ENOUGH / 2, count + " trades were told");
        ends();
    }

    /** The trades of a message, of which two never differ under one sequence. */
    private static void note(Map<String, Object> message, Map<String, Map<Long, Map<String, Object>>> told) {
        if (!"trades".equals(message.get("channel")) || !message.containsKey("data")) {
            return;
        }
        for (Map<String, Object> row : Json.objects(message.get("data"))) {
            if (row.containsKey("price")) {
                Map<String, Object> before = told.computeIfAbsent(
                                String.valueOf(row.get("symbol")), symbol -> new HashMap<>())
                        .putIfAbsent(((Number) row.get("seq")).longValue(), row);
                assertTrue(before == null || before.equals(row), row.toString());
            }
        }
    }

    /** All stored trades of a symbol, of which each follows the one before. */
    private Map<Long, Map<String, Object>> history(URI address, String symbol, String epoch) throws Exception {
        Map<Long, Map<String, Object>> stored = new HashMap<>();
        long after = 0;
        while (true) {
            URI path = address.resolve(
                    "/api/v1/trades?limit=10000&symbol=" + symbol + "&epoch=" + epoch + "&after_seq=" + after);
            Map<String, Object> page =
                    Json.parse(http.send(HttpRequest.newBuilder(path).build(), BodyHandlers.ofString())
                            .body());
            assertTrue(!page.containsKey("whole_after"), page.toString());
            for (Map<String, Object> row : Json.objects(page.get("data"))) {
                long seq = ((Number) row.get("seq")).longValue();
                assertEquals(++after, seq, symbol);
                stored.put(seq, row);
            }
            if (!page.containsKey("next")) {
                return stored;
            }
        }
    }
}
