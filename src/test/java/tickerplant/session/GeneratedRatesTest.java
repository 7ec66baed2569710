package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Checker;
import tickerplant.checker.Folded;
import tickerplant.checker.Key;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.codec.CommandReader;
import tickerplant.codec.JsonFrames;
import tickerplant.codec.JsonRows;
import tickerplant.hub.Hub;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.market.FixedClock;
import tickerplant.market.Market;
import tickerplant.market.Symbol;

/**
 * Whatever is played, asked for, read late or not at all: nothing vanishes silently, no ticker row comes before its time, and
 * in the end the client knows what stands. Each script comes from its seed, which a failure names.
 */
class GeneratedRatesTest {
    private static final int SCRIPTS = 300;
    private static final int STEPS = 400;
    private static final int QUEUED = 40;
    private static final List<String> SYMBOLS = List.of("AAA", "AAB", "ABB", "BBB");
    private static final List<String> RATES = List.of("null", "0.1", "0.5", "3", "7.5", "50");
    private static final String WELCOME =
            """
        {"type":"welcome","protocol":"tickerplant.v1","server":"test","session":"s","epoch":"e","ts":1,"heartbeat_ms":5000,
         "auth":"none","channels":[],"intervals":[],"limits":{}}""";

    private int rowsTimed;

    @Test
    void everyScriptKeepsEveryPromise() {
        for (long seed = 1; seed <= SCRIPTS; seed++) {
            Script script = new Script(seed);
            try {
                script.run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(rowsTimed > 1_000, "too few rows to tell: " + rowsTimed);
    }

    /** One client that is treated badly, beside an observer that is not. */
    private final class Script {
        private final long seed;
        private final Random random;
        private final FixedClock clock = FixedClock.at(1_767_225_600_000_000L);
        private final Observatory observatory = new Observatory();
        private final Hub hub = new Hub(new JsonRows(), (event, reason) -> {}, 1_000);
        private final Market market = new Market(hub, 1_000);
        private final Client observer = new Client(observatory.observer("observer"));
        private final Client client = new Client(observatory.checker("client"));
        private long events;

        Script(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            SYMBOLS.forEach(symbol -> market.apply(Events.listed(symbol, 10_000)));
        }

        void run() {
            for (String channel : List.of("ticker", "trades")) {
                observer.says("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"" + channel + "\",\"symbols\":[\"*\"]}");
                client.says("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"" + channel + "\",\"symbols\":[\"*\"]}");
            }
            for (int i = 0; i < STEPS; i++) {
                step();
                observer.serve();
                client.listen();
            }
            client.recover();
            observer.serve();
            for (String symbol : SYMBOLS) {
                converged(Channel.TICKER, symbol);
                converged(Channel.TRADES, symbol);
            }
            assertEquals(Optional.empty(), client.wire.closed);
            assertEquals(List.of(), observatory.verdict(0), "seed " + seed);
        }

        private void step() {
            int dice = random.nextInt(100);
            if (dice < 50) {
                move();
            } else if (dice < 70) {
                clock.advance(Duration.ofMillis(random.nextInt(10) == 0 ? random.nextInt(4_000) : random.nextInt(300)));
                client.turn();
                client.outbox.tend(5_000_000_000L);
            } else if (dice < 85) {
                client.turn();
            } else if (dice < 86) {
                client.wire.stall();
            } else if (dice < 90) {
                client.wire.take();
            } else if (dice < 98) {
                client.answerPings();
            } else {
                ask();
            }
        }

        private void move() {
            String symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
            long price = 10_000 + 2 * ++events;
            market.apply(
                    random.nextInt(3) > 0
                            ? Events.trade(symbol, price, 100 + events, events)
                            : Events.quote(symbol, price - 1, price, events));
        }

        private void ask() {
            String channel = random.nextInt(3) > 0 ? "ticker" : "trades";
            String entry = List.of("*", "A*", "AAA", "BBB").get(random.nextInt(4));
            String named = ",\"channel\":\"" + channel + "\",\"symbols\":[\"" + entry + "\"]";
            String rate = ",\"max_rate\":" + RATES.get(random.nextInt(RATES.size()));
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> client.says("{\"type\":\"subscribe\",\"id\":2" + named + rate + "}");
                case 3 -> client.says("{\"type\":\"unsubscribe\",\"id\":3" + named + "}");
                case 4 -> client.says("{\"type\":\"configure\",\"id\":4" + rate + "}");
                case 5 ->
                    client.says("{\"type\":\"configure\",\"id\":5,\"visible\":"
                            + List.of("null", "[]", "[\"AAA\"]").get(random.nextInt(3)) + "}");
                case 6 -> client.says("{\"type\":\"configure\",\"id\":6,\"paused\":true}");
                default -> client.says("{\"type\":\"configure\",\"id\":7,\"paused\":false}");
            }
        }

        private void converged(Channel channel, String symbol) {
            Key key = Key.of(channel == Channel.TICKER ? "ticker" : "trades", symbol);
            long standing = hub.topic(channel, new Symbol(symbol))
                    .orElseThrow()
                    .standing()
                    .update()
                    .seq();
            Optional<Folded> known = client.checker.folded(key);
            known.ifPresent(state -> assertEquals(standing, state.seq(), key + " of seed " + seed));
        }

        private final class Client {
            private final RecordingWire wire = new RecordingWire();
            private final Sender sender = new Sender(clock);
            private final Outbox outbox = new Outbox(
                    "s", wire, new JsonFrames(), sender, clock, new Outbox.Bounds(8_192, 8_192, QUEUED, 1 << 18));
            private final ClientSession session =
                    new ClientSession(hub, outbox, clock, "e-1", new ClientSession.Limits(100, 100));
            private final Checker checker;
            private final CommandReader reader = new CommandReader();
            private final Map<String, Long> sentAt = new HashMap<>();
            private final Wishes wishes = new Wishes();
            private int heard;
            private int answered;

            Client(Checker checker) {
                this.checker = checker;
                checker.heard(0, WELCOME);
                session.begin();
            }

            void says(String request) {
                checker.said(0, request);
                wishes.said(Message.of(0, request).members());
                sentAt.clear();
                reader.read(request).execute(session);
            }

            void serve() {
                turn();
                listen();
                answerPings();
                turn();
                listen();
            }

            void turn() {
                try {
                    sender.turn(0);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }

            void answerPings() {
                while (answered < wire.pings.size()) {
                    outbox.pong(wire.pings.get(answered++));
                }
            }

            /** Takes note of what has been sent since; the clock has not moved meanwhile. */
            void listen() {
                for (; heard < wire.frames.size(); heard++) {
                    Message message = Message.of(0, wire.frames.get(heard));
                    checker.heard(0, message.text());
                    if (!message.type().equals("update")) {
                        // what had been asked for before may have sent rows at any time
                        if (!message.type().equals("heartbeat")) {
                            sentAt.clear();
                        }
                    } else if (message.members().get("channel").equals("ticker")) {
                        message.rows().forEach(row -> time((String) row.get("symbol")));
                    }
                }
            }

            private void time(String symbol) {
                long now = clock.nanos();
                Long before = sentAt.put(symbol, now);
                long interval = wishes.interval(symbol);
                if (before != null && interval > 0) {
                    rowsTimed++;
                    assertTrue(now - before >= interval, symbol + " after " + (now - before) + " of " + interval);
                }
            }

            /** Reads everything, and waits for what comes late. */
            void recover() {
                says("{\"type\":\"configure\",\"id\":9,\"paused\":false}");
                for (int i = 0; i < 60; i++) {
                    wire.take();
                    clock.advance(Duration.ofMillis(251));
                    turn();
                    outbox.tend(5_000_000_000L);
                    serve();
                    listen();
                }
            }
        }
    }

    /** What a client has asked for, in the words of its requests. */
    private static final class Wishes {
        private final Map<String, Long> entries = new HashMap<>();
        private long connection;
        private Optional<Set<Object>> visible = Optional.empty();

        void said(Map<String, Object> request) {
            if (request.get("type").equals("configure")) {
                connection = request.containsKey("max_rate") ? nanos(request) : connection;
                if (request.containsKey("visible")) {
                    visible = Optional.ofNullable((List<?>) request.get("visible"))
                            .map(HashSet::new);
                }
            } else if (request.get("channel").equals("ticker")) {
                for (Object symbol : new ArrayList<>((List<?>) request.get("symbols"))) {
                    if (request.get("type").equals("subscribe")) {
                        entries.put((String) symbol, nanos(request));
                    } else {
                        entries.remove(symbol);
                    }
                }
            }
        }

        private static long nanos(Map<String, Object> request) {
            return request.get("max_rate") instanceof BigDecimal rate
                    ? Math.round(Math.floor(1e9 / rate.doubleValue()))
                    : 0;
        }

        long interval(String symbol) {
            long covered = entries.entrySet().stream()
                    .filter(entry -> entry.getKey().endsWith("*")
                            ? symbol.startsWith(
                                    entry.getKey().substring(0, entry.getKey().length() - 1))
                            : symbol.equals(entry.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .min()
                    .orElse(0);
            long hidden = visible.isPresent() && !visible.get().contains(symbol) ? 5_000_000_000L : 0;
            return Math.max(covered, Math.max(connection, hidden));
        }
    }
}
