package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.checker.Json;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/**
 * Ten publishers whose connections break again and again: each of their events is heard once and stands once in the history. So many
 * events as the system property {@code publish.events} says; the order of things depends on {@code publish.seed}.
 */
class ExactlyOnceTest {
    private static final int PUBLISHERS = 10;
    private static final int SYMBOLS = 5;
    private static final int EVENTS = Integer.getInteger("publish.events", 10_000);
    private static final long SEED = Long.getLong("publish.seed", 8);
    private static final int MOST_IN_A_MESSAGE = 20;
    private static final int MOST_IN_FLIGHT = 8;
    private static final int CUT_PERCENT = 15;
    private static final int REPEAT_PERCENT = 10;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private TestService service;

    /** A message that is sent until it is answered. */
    private record Numbered(int pseq, int size, String text) {}

    /** One publisher, and how often the service said what of its events. */
    private final class Desk implements Callable<Desk> {
        private final Random random;
        private final List<Numbered> messages = new ArrayList<>();
        private final int[] times;
        private long accepted;
        private long duplicates;
        private long cuts;
        private long repeatedAfterAnswer;
        private long duplicatesAfterAnswer;
        private TestClient client;

        Desk(int number) {
            this.random = new Random(SEED * 1_000 + number);
            for (int event = 0; event < EVENTS / PUBLISHERS; ) {
                int size = Math.min(1 + random.nextInt(MOST_IN_A_MESSAGE), EVENTS / PUBLISHERS - event);
                int pseq = messages.size() + 1;
                int first = event;
                String data = IntStream.range(first, first + size)
                        .mapToObj(i -> "{\"kind\":\"trade\",\"symbol\":\"S" + (number + i) % SYMBOLS + "\",\"price\":"
                                + (100 + i % 7) + ",\"size\":1,\"id\":\"" + id(number, i) + "\"}")
                        .collect(Collectors.joining(","));
                messages.add(new Numbered(
                        pseq,
                        size,
                        "{\"type\":\"publish\",\"id\":" + pseq + ",\"publisher\":\"desk-" + number + "\",\"pseq\":"
                                + pseq + ",\"data\":[" + data + "]}"));
                event += size;
            }
            times = new int[messages.size() + 1];
        }

        @Override
        public Desk call() throws IOException {
            connect();
            for (int next = 0; next < messages.size(); ) {
                int end = Math.min(messages.size(), next + 1 + random.nextInt(MOST_IN_FLIGHT));
                next = send(next, end);
            }
            client.close();
            return this;
        }

        private void connect() throws IOException {
            client = TestClient.dial(service.feed()).connect();
            client.hears("""
                {"type":"welcome"}""");
        }

        /** Sends some messages without waiting; gives the index of the first that has no answer. */
        private int send(int next, int end) throws IOException {
            List<Numbered> sent = messages.subList(next, end);
            sent.forEach(this::says);
            if (random.nextInt(100) < CUT_PERCENT) {
                int heard = random.nextInt(sent.size() + 1);
                sent.subList(0, heard).forEach(this::hears);
                client.cut();
                cuts++;
                connect();
                return next + heard;
            }
            sent.forEach(this::hears);
            if (random.nextInt(100) < REPEAT_PERCENT) {
                Numbered known = messages.get(random.nextInt(end));
                says(known);
                repeatedAfterAnswer += known.size();
                long before = duplicates;
                hears(known);
                duplicatesAfterAnswer += duplicates - before;
            }
            return end;
        }

        private void says(Numbered message) {
            times[message.pseq()]++;
            client.says(message.text());
        }

        /** Answers come in the order of messages. */
        private void hears(Numbered message) {
            Message answer = client.hears("{\"type\":\"accepted\",\"id\":" + message.pseq() + ",\"rejected\":[]}");
            long count = Json.whole(answer.members().get("count"));
            long again = Json.whole(answer.members().get("duplicates"));
            assertEquals(message.size(), count + again);
            assertEquals(0, Math.min(count, again), "a message is new as a whole or not at all");
            assertTrue(again == 0 || times[message.pseq()] > 1, "what was sent once is no duplicate");
            accepted += count;
            duplicates += again;
        }
    }

    private static String id(int publisher, int event) {
        return "d" + publisher + "-" + event;
    }

    private static Map<String, Integer> everyEventOnce() {
        Map<String, Integer> once = new TreeMap<>();
        for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
            for (int event = 0; event < EVENTS / PUBLISHERS; event++) {
                once.put(id(publisher, event), 1);
            }
        }
        return once;
    }

    /** Without those that are as they should be, of which there are too many to be shown. */
    private static Map<String, Integer> otherThanOnce(Map<String, Integer> counts) {
        Map<String, Integer> wrong = everyEventOnce();
        wrong.replaceAll((id, one) -> counts.getOrDefault(id, 0));
        counts.forEach(wrong::putIfAbsent);
        wrong.values().removeIf(count -> count == 1);
        return wrong;
    }

    private static void count(Map<String, Integer> counts, List<Map<String, Object>> rows) {
        rows.forEach(row -> counts.merge(String.valueOf(row.get("id")), 1, Integer::sum));
    }

    private Map<String, Integer> history() throws IOException, InterruptedException {
        Map<String, Integer> counts = new TreeMap<>();
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            long after = 0;
            for (boolean more = true; more; ) {
                String path = "/api/v1/trades?symbol=S" + symbol + "&after_seq=" + after + "&limit=1000";
                String body = HTTP.send(
                                HttpRequest.newBuilder(service.http(path)).build(), BodyHandlers.ofString())
                        .body();
                Map<String, Object> page = Json.parse(body);
                List<Map<String, Object>> rows = Json.objects(page.get("data"));
                count(counts, rows);
                more = page.containsKey("next");
                if (more) {
                    after = Json.whole(page.get("next"));
                }
            }
        }
        return counts;
    }

    @Test
    @Timeout(300)
    void eachEventIsHeardOnceAndRememberedOnceHoweverConnectionsBreak() throws Exception {
        Observatory observatory = new Observatory();
        try (TestService running =
                        TestService.with(Map.of(Setting.WINDOW_BYTES, "16777216", Setting.HEARTBEAT_MS, "500"));
                TestClient seed = TestClient.dial(running.feed()).connect();
                TestClient observer = TestClient.dial(running.ticker())
                        .checkedBy(observatory.observer("observer"))
                        .connect()) {
            service = running;
            String symbols = IntStream.range(0, SYMBOLS)
                    .mapToObj(i -> "{\"kind\":\"instrument\",\"symbol\":\"S" + i + "\"}")
                    .collect(Collectors.joining(","));
            seed.request("{\"type\":\"publish\",\"id\":1,\"data\":[" + symbols + "]}");
            observer.request("""
                {"type":"subscribe","id":1,"channel":"trades","symbols":["*"]}""");
            ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
            List<Future<Desk>> desks = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                desks.add(threads.submit(new Desk(i)));
            }
            long cuts = 0;
            for (Future<Desk> future : desks) {
                Desk desk = future.get();
                cuts += desk.cuts;
                assertEquals(desk.repeatedAfterAnswer, desk.duplicatesAfterAnswer, "what is known is a duplicate");
                long sent = EVENTS / PUBLISHERS + desk.repeatedAfterAnswer;
                assertEquals(sent, desk.accepted + desk.duplicates, "seed " + SEED);
            }
            threads.shutdown();
            System.Logger log = System.getLogger(ExactlyOnceTest.class.getName());
            log.log(System.Logger.Level.INFO, "seed {0}: {1} events, {2} cuts", SEED, EVENTS, cuts);
            assertEquals(Map.of(), otherThanOnce(history()), "in the history, seed " + SEED);
            observer.await(
                    "every event, or what says how many are left out",
                    Duration.ofSeconds(60),
                    message -> message.type().equals("heartbeat")
                            && heard(observer).size() + missed(observer) >= EVENTS);
            Map<String, Integer> wrong = otherThanOnce(heard(observer));
            long missed = missed(observer);
            assertEquals(missed, wrong.size(), "only what a gap has told of is missing, seed " + SEED);
            assertTrue(wrong.values().stream().allMatch(count -> count == 0), "nothing is heard twice, seed " + SEED);
        }
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    /** A machine that is busy with ten publishers may not take every row; then it is told so. */
    private static long missed(TestClient observer) {
        return observer.heard().stream()
                .filter(message -> message.type().equals("gap"))
                .mapToLong(gap -> Json.whole(gap.members().get("to"))
                        - Json.whole(gap.members().get("from"))
                        + 1)
                .sum();
    }

    private static Map<String, Integer> heard(TestClient observer) {
        Map<String, Integer> counts = new TreeMap<>();
        observer.heard().stream()
                .filter(message -> message.type().equals("update"))
                .forEach(message -> count(counts, message.rows()));
        return counts;
    }
}
