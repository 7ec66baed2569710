package tickerplant.conversation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tickerplant.checker.Checker;
import tickerplant.checker.Folded;
import tickerplant.checker.Key;
import tickerplant.checker.Message;
import tickerplant.checker.Mutant;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.checker.Violation;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** A script, played on a real service with real sockets beside an observer to whom nothing bad happens. */
final class RandomConversation {
    private static final Duration SETTLING = Duration.ofSeconds(20);
    private static final List<Channel> FOLLOWED = List.of(Channel.TICKER, Channel.TRADES, Channel.STATUS, Channel.NEWS);

    private final Script script;
    private final Supplier<Mutant> mutants;
    private final Observatory observatory = new Observatory();
    private final RandomMarket market;
    private final List<Guest> guests = new ArrayList<>();
    private TestService service;

    RandomConversation(Script script, Supplier<Mutant> mutants) {
        this.script = script;
        this.mutants = mutants;
        this.market = new RandomMarket(observatory, script.seed());
    }

    /** Plays it; gives what was broken. */
    List<Violation> run() throws IOException, InterruptedException {
        Map<Setting, String> settings = Map.of(
                Setting.WINDOW_BYTES, Integer.toString(script.window()),
                Setting.HISTORY_ROWS, Integer.toString(script.history()),
                Setting.HEARTBEAT_MS, "1000");
        try (TestService running = TestService.with(settings, market.feed());
                TestClient observer = TestClient.dial(running.ticker())
                        .checkedBy(observatory.observer("observer"))
                        .receiveBuffer(1 << 20)
                        .connect()) {
            service = running;
            for (Channel channel : FOLLOWED) {
                observer.request("{\"type\":\"subscribe\",\"id\":\"%1$s\",\"channel\":\"%1$s\",\"symbols\":[\"*\"]}"
                        .formatted(name(channel)));
            }
            for (int i = 0; i < script.buffers().size(); i++) {
                guests.add(new Guest(i, script.buffers().get(i)));
            }
            for (Script.Step step : script.steps()) {
                play(step, observer);
            }
            for (Guest guest : guests) {
                guest.behaves();
            }
            settles(observer);
            for (Guest guest : guests) {
                guest.settles();
            }
            Map<String, Map<String, Object>> standing = standing();
            for (Guest guest : guests) {
                guest.isSettled(standing);
            }
            for (Guest guest : guests) {
                guest.hearsHeartbeat();
            }
            return observatory.verdict(System.nanoTime());
        } finally {
            guests.forEach(guest -> guest.client.close());
        }
    }

    private void play(Script.Step step, TestClient observer) throws IOException, InterruptedException {
        switch (step.act()) {
            case PLAYS -> market.plays(step.number());
            case RESTS -> settles(observer);
            default -> guests.get(step.client()).does(step);
        }
    }

    /** Waits until the client stands where the service does in all that it follows. */
    private void settles(TestClient client) throws InterruptedException {
        market.awaitTaken();
        client.request(
                "{\"type\":\"ping\",\"id\":\"p%d\"}".formatted(client.heard().size()));
        for (Channel channel : FOLLOWED) {
            for (Topic topic : service.tickerplant().hub().topics(channel, "")) {
                long seq = topic.standing().update().seq();
                Key key = Key.of(name(channel), topic.symbol().name());
                if (client.isFollowing(key)) {
                    client.awaitState(key, SETTLING, key + " at " + seq, state -> state.seq() == seq);
                }
            }
        }
    }

    private Map<String, Map<String, Object>> standing() {
        Map<String, Map<String, Object>> rows = new HashMap<>();
        for (Topic topic : service.tickerplant().hub().topics(Channel.TICKER, "")) {
            String row = new String(topic.standing().snapshotText(), StandardCharsets.UTF_8);
            rows.put(topic.symbol().name(), Message.of(0, row).members());
        }
        return rows;
    }

    private static String name(Channel channel) {
        return channel.name().toLowerCase(Locale.ROOT);
    }

    /** One of the clients, over all its connections. */
    private final class Guest {
        private final int number;
        private final int buffer;
        private int connections;
        private int requests;
        private Checker checker;
        private TestClient client;
        private boolean connected;
        private boolean deaf;
        private int settled;
        private final List<String> ids = new ArrayList<>();

        Guest(int number, int buffer) throws IOException {
            this.number = number;
            this.buffer = buffer;
            connect(Optional.empty());
        }

        private void connect(Optional<Checker> before) throws IOException {
            checker = observatory.checker("#" + number + "." + connections++);
            before.ifPresent(checker::resumes);
            client = TestClient.dial(service.ticker())
                    .checkedBy(checker)
                    .spoiledBy(mutants.get())
                    .receiveBuffer(buffer)
                    .connect();
            connected = true;
            deaf = false;
            ids.clear();
        }

        void does(Script.Step step) throws IOException {
            switch (step.act()) {
                case SAYS -> says(step.text());
                case STALLS -> {
                    deaf = true;
                    client.stopReading();
                }
                case READS -> {
                    deaf = false;
                    client.resumeReading();
                }
                case CLOSES -> {
                    client.close(1000, "bye");
                    client.awaitClosing();
                    connected = false;
                }
                case VANISHES -> {
                    client.cut();
                    client.awaitClosing();
                    connected = false;
                }
                case RETURNS -> returns(step.text(), step.number());
                default -> throw new IllegalArgumentException(step.toString());
            }
        }

        private void says(String text) {
            Object id = idOf(text);
            if (id != null) {
                ids.add(id.toString());
            }
            client.says(text);
        }

        private static Object idOf(String text) {
            int at = text.indexOf("\"id\":1");
            return at < 0 || text.length() < at + 9 || !Character.isDigit(text.charAt(at + 8))
                    ? null
                    : text.substring(at + 5, at + 9);
        }

        private void returns(String from, int back) throws IOException {
            Map<Key, Folded> known = checker.folded();
            connect(from.equals("stale") ? Optional.empty() : Optional.of(checker));
            String epoch = from.equals("stale")
                    ? "e-another"
                    : service.tickerplant().sessions().epoch();
            for (Channel channel : FOLLOWED) {
                Map<String, Long> seqs = known.entrySet().stream()
                        .filter(entry -> entry.getKey().channel().equals(name(channel)))
                        .filter(entry -> !entry.getKey().symbol().equals(Key.MARKET))
                        .collect(Collectors.toMap(
                                entry -> entry.getKey().symbol(),
                                entry -> from.equals("future")
                                        ? 1_000_000_000L
                                        : Math.max(0, entry.getValue().seq() - back)));
                if (!seqs.isEmpty()) {
                    String symbols = seqs.keySet().stream()
                            .sorted()
                            .map(symbol -> '"' + symbol + '"')
                            .collect(Collectors.joining(","));
                    String numbers = seqs.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue())
                            .collect(Collectors.joining(","));
                    says(
                            """
                        {"type":"subscribe","id":%d,"channel":"%s","symbols":[%s],"resume":{"epoch":"%s","seq":{%s}}}"""
                                    .formatted(1_900 + requests++ % 100, name(channel), symbols, epoch, numbers));
                }
            }
        }

        /** Reads, and takes back all that holds rows back. */
        void behaves() {
            if (!connected) {
                return;
            }
            if (deaf) {
                client.resumeReading();
            }
            client.request(
                    """
                {"type":"configure","id":"end","paused":false,"max_rate":null,"visible":null}""");
            for (String id : ids) {
                client.await("the reply to " + id, message -> message.text().contains("\"id\":" + id));
            }
        }

        void settles() throws InterruptedException {
            if (connected) {
                RandomConversation.this.settles(client);
                settled = client.heard().size();
            }
        }

        void isSettled(Map<String, Map<String, Object>> standing) {
            if (connected) {
                checker.settled("ticker", standing);
            }
        }

        /** Waits for one more heartbeat: its sum is that of the settled state. */
        void hearsHeartbeat() {
            if (connected) {
                client.awaitAfter(
                        settled, "a heartbeat", message -> message.type().equals("heartbeat"));
            }
        }
    }
}
