package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;
import tickerplant.checker.Checker;
import tickerplant.checker.Json;
import tickerplant.checker.Key;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.client.FeedClient;
import tickerplant.market.Clock;
import tickerplant.server.Main;

/**
 * The whole service as a process of its own that ends again and again, while three publishers send it 5,000 trades a second and a
 * checked client follows them. Moments are drawn from a seed. Three kills, or as many as {@code -Djournal.kills} says.
 */
class KilledServiceTest {
    private static final long SEED = 20_261_121;
    private static final int DESKS = 3;
    private static final int SYMBOLS = 10;
    /** How many trades a message has at most; as many as they like below that. */
    private static final int MOST_IN_A_MESSAGE = 60;

    private static final int TRADES_PER_SECOND = 5_000;
    /** Prices of a desk are its number of these and the number of the trade, in hundredths. */
    private static final long RANGE = 1_000_000_000L;

    private static final long DEADLINE_NANOS = 90_000_000_000L;

    /** What could not be sent is sent later, but not what would have been while the service was away. */
    private static final long BEHIND_NANOS = 1_000_000_000L;

    /** A publisher that numbers its trades by their prices. */
    private static final class Desk extends Thread {
        private final int number;
        private final FeedClient client;
        private volatile boolean ends;
        private volatile Optional<Exception> failure = Optional.empty();
        private long trades;

        Desk(int number, int port) {
            super("desk-" + number);
            this.number = number;
            client = new FeedClient(
                    URI.create("ws://127.0.0.1:" + port + "/ws/feed"),
                    Optional.empty(),
                    "desk-" + number,
                    Clock.SYSTEM);
        }

        /** How many of its trades were acknowledged, which are its first. */
        long answered() {
            return client.totals().accepted() + client.totals().duplicates();
        }

        @Override
        public void run() {
            Random random = new Random(number);
            long next = Clock.SYSTEM.nanos();
            try (client) {
                while (!ends) {
                    List<String> message = new ArrayList<>();
                    int size = 1 + random.nextInt(MOST_IN_A_MESSAGE);
                    for (int i = 0; i < size; i++) {
                        long price = number * RANGE + ++trades;
                        message.add("{\"symbol\":\"K%d\",\"price\":%d.%02d,\"size\":1}"
                                .formatted(random.nextInt(SYMBOLS), price / 100, price % 100));
                    }
                    client.publish(message);
                    next = Math.max(
                            Clock.SYSTEM.nanos() - BEHIND_NANOS,
                            next + 1_000_000_000L * size * DESKS / TRADES_PER_SECOND);
                    Clock.SYSTEM.sleepUntil(next);
                }
                client.finish();
            } catch (IOException | InterruptedException e) {
                failure = Optional.of(e);
            }
        }
    }

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Observatory observatory = new Observatory();
    private final List<Desk> desks = new ArrayList<>();
    private final Map<String, String> heard = new HashMap<>();
    private Optional<Checker> before = Optional.empty();
    private String epoch = "";
    private Optional<NodeProcess> service = Optional.empty();
    /** How many trades were acknowledged from the first of a life to its last, and how long that took. */
    private long awaitedTrades;

    private long awaitedNanos;
    private int port;

    /** Below those that the system gives to others meanwhile. */
    @BeforeEach
    void choosePort() throws IOException {
        port = 20_000 + new Random().nextInt(10_000);
        while (!isFree()) {
            port++;
        }
    }

    private boolean isFree() {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void endWhatIsLeft() throws InterruptedException {
        for (Desk desk : desks) {
            desk.interrupt();
            desk.join();
        }
        service.ifPresent(NodeProcess::close);
    }

    private NodeProcess begin() throws IOException {
        NodeProcess process = NodeProcess.of(
                folder.resolve("log"),
                Main.class,
                List.of("--port=" + port, "--feed=none", "--data=" + folder.resolve("data")));
        service = Optional.of(process);
        return process;
    }

    private long answered() {
        return desks.stream().mapToLong(Desk::answered).sum();
    }

    /**
     * So many more are answered, and a little more may have come. What it takes the desks to come back doesn't count as time in
     * which they publish: they try less and less often.
     */
    private void publishes(int trades, int millis) throws InterruptedException {
        long goal = answered() + trades;
        awaitsAnswers(answered() + 1);
        long begun = Clock.SYSTEM.nanos();
        long first = answered();
        awaitsAnswers(goal);
        awaitedTrades += Math.max(0, answered() - first);
        awaitedNanos += Clock.SYSTEM.nanos() - begun;
        Clock.SYSTEM.sleepUntil(Clock.SYSTEM.nanos() + millis * 1_000_000L);
        desks.forEach(desk -> assertEquals(Optional.empty(), desk.failure));
    }

    private void awaitsAnswers(long goal) throws InterruptedException {
        await(goal + " answered", () -> answered() >= goal || desks.stream().anyMatch(desk -> !desk.isAlive()));
    }

    /** A client that goes on where the one before it was. */
    private TestClient follows(Checker checker) throws IOException {
        TestClient client = TestClient.dial(URI.create("ws://127.0.0.1:" + port + "/ws/ticker"))
                .subprotocol("tickerplant.v1")
                .checkedBy(checker)
                .connect();
        for (String channel : List.of("ticker", "trades")) {
            String resume = before.map(earlier ->
                            ",\"resume\":{\"epoch\":\"" + epoch + "\",\"seq\":{" + seqs(earlier, channel) + "}}")
                    .orElse("");
            client.says("{\"type\":\"subscribe\",\"id\":\"" + channel + "\",\"channel\":\"" + channel
                    + "\",\"symbols\":[\"*\"]" + resume + "}");
        }
        before.ifPresent(checker::resumes);
        before = Optional.of(checker);
        epoch = String.valueOf(client.await("welcome", message -> message.type().equals("welcome"))
                .members()
                .get("epoch"));
        for (String channel : List.of("ticker", "trades")) {
            client.await(
                    "the answer about " + channel,
                    message -> channel.equals(message.members().get("id")));
        }
        return client;
    }

    private static String seqs(Checker checker, String channel) {
        return checker.folded().entrySet().stream()
                .filter(state -> state.getKey().channel().equals(channel))
                .map(state -> "\"" + state.getKey().symbol() + "\":"
                        + state.getValue().seq())
                .collect(Collectors.joining(","));
    }

    /** Remembers which trades the client was sent. */
    private void remember(TestClient client) {
        for (Message message : client.heard()) {
            if (message.type().equals("update")
                    && "trades".equals(message.members().get("channel"))) {
                message.rows()
                        .forEach(row -> heard.put(
                                epoch + " " + row.get("symbol") + " " + Json.whole(row.get("seq")),
                                String.valueOf(row.get("price"))));
            }
        }
    }

    private List<String> epochs() throws Exception {
        SQLiteDataSource file = new SQLiteDataSource();
        file.setUrl("jdbc:sqlite:" + folder.resolve("data").resolve("journal.db"));
        List<String> names = new ArrayList<>();
        try (Connection connection = file.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM epoch ORDER BY eid")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    /** All stored trades by epoch, symbol and sequence, as HTTP tells them; none of them contradicts what a client heard. */
    private Map<String, String> history() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        Map<String, String> places = new HashMap<>();
        for (String of : epochs()) {
            for (int i = 0; i < SYMBOLS; i++) {
                Optional<Long> after = Optional.of(0L);
                long last = 0;
                while (after.isPresent()) {
                    URI page = URI.create("http://127.0.0.1:" + port + "/api/v1/trades?limit=1000&symbol=K" + i
                            + "&after_seq=" + after.get() + "&epoch=" + of);
                    Map<String, Object> body =
                            Json.parse(http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                                    .body());
                    for (Map<String, Object> row : Json.objects(body.get("data"))) {
                        long seq = Json.whole(row.get("seq"));
                        assertTrue(last == 0 || seq == last + 1, "a hole before " + of + " K" + i + " " + seq);
                        last = seq;
                        assertEquals(List.of(), observatory.claim(of, Key.of("trades", "K" + i), row));
                        places.put(of + " K" + i + " " + seq, String.valueOf(row.get("price")));
                    }
                    after = Optional.ofNullable(body.get("next")).map(Json::whole);
                }
            }
        }
        return places;
    }

    /** Every trade of every desk is in the history, once. */
    private void isWhole(Map<String, String> history) {
        Map<Integer, List<Long>> stored = new HashMap<>();
        for (String price : history.values()) {
            long number = new BigDecimal(price).movePointRight(2).longValueExact();
            stored.computeIfAbsent((int) (number / RANGE), desk -> new ArrayList<>())
                    .add(number % RANGE);
        }
        for (Desk desk : desks) {
            assertEquals(desk.trades, desk.answered(), "all are answered in the end");
            assertEquals(0, desk.client.totals().rejected());
            assertEquals(
                    LongStream.rangeClosed(1, desk.trades).boxed().toList(),
                    stored.get(desk.number).stream().sorted().toList(),
                    "what desk " + desk.number + " has published, seed " + SEED);
        }
    }

    private void beginDesks() {
        for (int i = 0; i < DESKS; i++) {
            Desk desk = new Desk(i, port);
            desks.add(desk);
            desk.start();
        }
    }

    /** The last life of the service, in which the desks come to their end; answers what is stored then. */
    private Map<String, String> theEnd() throws Exception {
        begin().firstLine();
        try (TestClient client = follows(observatory.observer("the end"))) {
            for (Desk desk : desks) {
                desk.ends = true;
                desk.join(TimeUnit.NANOSECONDS.toMillis(DEADLINE_NANOS));
                assertEquals(Optional.empty(), desk.failure);
            }
            remember(client);
        }
        Map<String, String> history = history();
        isWhole(history);
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        return history;
    }

    @Test
    void whatWasAcknowledgedOutlivesEveryKillAndIsThereOnce() throws Exception {
        int rounds = Integer.getInteger("journal.kills", 3);
        beginDesks();
        for (int round = 0; round < rounds; round++) {
            NodeProcess process = begin();
            if (random.nextInt(4) == 0) {
                // while it starts, and desks come back
                Clock.SYSTEM.sleepUntil(Clock.SYSTEM.nanos() + random.nextInt(2_500) * 1_000_000L);
            } else {
                process.firstLine();
                Checker checker = observatory.observer("life " + round);
                TestClient client = follows(checker);
                publishes(1 + random.nextInt(random.nextInt(3) == 0 ? 50 : 12_000), random.nextInt(50));
                checker.leaves();
                process.kill();
                remember(client);
                client.close();
            }
            process.kill();
        }
        Map<String, String> history = theEnd();
        System.getLogger(KilledServiceTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} kills: {1} trades published and acknowledged, {4} a second from the first of each life on,"
                                + " {2} epochs, {3} trades heard",
                        rounds,
                        history.size(),
                        epochs().size(),
                        heard.size(),
                        awaitedTrades * 1_000_000_000L / Math.max(1, awaitedNanos));
    }

    @Test
    void whatClientsWereSentBeforeATerminationIsInTheHistory() throws Exception {
        beginDesks();
        for (int round = 0; round < 2; round++) {
            NodeProcess process = begin();
            process.firstLine();
            try (TestClient client = follows(observatory.observer("life " + round))) {
                publishes(2_000 + random.nextInt(4_000), random.nextInt(50));
                process.terminate();
                assertEquals(1001, client.awaitClosing().code());
                remember(client);
            }
            assertEquals(143, process.awaitEnd());
        }
        Map<String, String> history = theEnd();
        assertEquals(1, epochs().size(), "the epoch goes on");
        heard.forEach((place, price) -> assertEquals(price, history.get(place), place));
        assertTrue(heard.size() > 1_000, "something was heard");
    }
}
