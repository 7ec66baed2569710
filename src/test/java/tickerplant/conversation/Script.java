package tickerplant.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What happens in one random conversation, drawn from its seed and nothing else: how the service is set, which clients there
 * are, and what they and the feed do, step by step.
 *
 * @param window how many unread bytes the service lets a client have
 * @param history how many trades the service keeps for clients that come back
 * @param buffers the receive buffers of the clients, in bytes; there are as many clients
 */
record Script(long seed, int window, int history, List<Integer> buffers, List<Step> steps) {
    static final List<String> SYMBOLS = List.of("AAA", "AAB", "ABB", "BBB", "BRK.B", "CCC");
    private static final int MOST_SENSELESS = 8;
    private static final List<String> ENTRIES = List.of(
            "*", "A*", "AA*", "ZZ*", "AAA", "aab", "ABB", "BBB", "BRK.B", "CCC", "NEW0", "NEW1", "QQQ", "A B", "");
    private static final List<String> CHANNELS =
            List.of("ticker", "ticker", "ticker", "trades", "trades", "status", "news");
    private static final List<String> RATES = List.of("null", "3", "7.5", "50", "0.01", "\"fast\"");
    private static final List<String> SENSELESS = List.of(
            "{",
            "",
            "[]",
            "{\"type\":7}",
            "{\"type\":\"sing\"}",
            "{\"id\":1}{\"id\":2}",
            "{\"type\":\"ping\",\"type\":\"ping\"}",
            "{\"type\":\"ping\",\"id\":01}",
            "{\"type\":\"subscribe\",\"channel\":\"tea\",\"symbols\":[\"AAA\"]}");

    /** What is done in a step. */
    enum Act {
        /** The client sends the text. */
        SAYS,
        /** The feed plays so many events. */
        PLAYS,
        /** The client stops reading. */
        STALLS,
        /** The client reads again. */
        READS,
        /** The client closes the connection as it should be done. */
        CLOSES,
        /** The client ends the connection without a word, whatever is unread. */
        VANISHES,
        /** The client connects again and resumes what it had; the text says from where, the number how far before it. */
        RETURNS,
        /** Everybody who reads waits until the observer has heard all. */
        RESTS
    }

    /** One step; what does not belong to the act is 0 or empty. */
    record Step(Act act, int client, int number, String text) {
        @Override
        public String toString() {
            return act
                    + (client < 0 ? "" : " #" + client)
                    + (number == 0 ? "" : " " + number)
                    + (text.isEmpty() ? "" : " " + text);
        }
    }

    /** The conversation of a seed. */
    static Script of(long seed) {
        return new Draft(seed).script();
    }

    @Override
    public String toString() {
        return "seed " + seed + ": window " + window + ", history " + history + ", receive buffers " + buffers + "\n  "
                + IntStream.range(0, steps.size())
                        .mapToObj(i -> i + " " + steps.get(i))
                        .collect(Collectors.joining("\n  "));
    }

    /** Draws step after step; it knows who is connected and who reads, so that every step can be done. */
    private static final class Draft {
        private final long seed;
        private final Random random;
        private final List<Step> steps = new ArrayList<>();
        private final List<Integer> buffers = new ArrayList<>();
        private final boolean[] gone;
        private final boolean[] deaf;
        private final int[] senseless;

        Draft(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            int clients = 2 + random.nextInt(5);
            for (int i = 0; i < clients; i++) {
                buffers.add(random.nextBoolean() ? 4_096 : 1 << 18);
            }
            gone = new boolean[clients];
            deaf = new boolean[clients];
            senseless = new int[clients];
        }

        Script script() {
            int window = one(List.of(4_096, 16_384, 262_144));
            int history = one(List.of(0, 50, 120_000));
            for (int client = 0; client < gone.length; client++) {
                subscribe(client);
            }
            int count = 40 + random.nextInt(60);
            while (steps.size() < count) {
                step();
            }
            return new Script(seed, window, history, List.copyOf(buffers), List.copyOf(steps));
        }

        private void step() {
            int client = random.nextInt(gone.length);
            int dice = random.nextInt(100);
            if (dice < 30) {
                int burst = random.nextInt(10) == 0 ? 3_000 : 200;
                steps.add(new Step(Act.PLAYS, -1, 1 + random.nextInt(burst), ""));
            } else if (dice < 36) {
                steps.add(new Step(Act.RESTS, -1, 0, ""));
            } else if (gone[client]) {
                returns(client);
            } else if (dice < 46) {
                deaf[client] = !deaf[client];
                steps.add(new Step(deaf[client] ? Act.STALLS : Act.READS, client, 0, ""));
            } else if (dice < 52) {
                steps.add(new Step(deaf[client] || random.nextBoolean() ? Act.VANISHES : Act.CLOSES, client, 0, ""));
                gone[client] = true;
                deaf[client] = false;
                senseless[client] = 0;
            } else if (dice < 55 && senseless[client] < MOST_SENSELESS) {
                senseless[client]++;
                steps.add(new Step(Act.SAYS, client, 0, one(SENSELESS)));
            } else if (dice < 75) {
                subscribe(client);
            } else if (dice < 83) {
                says(
                        client,
                        "unsubscribe",
                        ",\"channel\":\"" + one(CHANNELS) + '"'
                                + (random.nextInt(4) == 0 ? "" : ",\"symbols\":" + entries()));
            } else if (dice < 91) {
                says(client, "configure", configuration());
            } else {
                ask(client);
            }
        }

        private void returns(int client) {
            gone[client] = false;
            String from = one(List.of("exact", "exact", "exact", "older", "stale", "future"));
            int number = from.equals("older") ? 1 + random.nextInt(300) : 0;
            steps.add(new Step(Act.RETURNS, client, number, from));
        }

        private void subscribe(int client) {
            String rate = random.nextInt(3) == 0 ? ",\"max_rate\":" + limitedRate() : "";
            String snapshot = random.nextInt(5) == 0 ? ",\"snapshot\":false" : "";
            says(
                    client,
                    "subscribe",
                    ",\"channel\":\"" + one(CHANNELS) + "\",\"symbols\":" + entries() + rate + snapshot);
        }

        private String limitedRate() {
            String rate = one(RATES);
            senselessIf(rate.startsWith("\"") || rate.equals("0.01"));
            return rate;
        }

        private String configuration() {
            return switch (random.nextInt(6)) {
                case 0, 1 -> ",\"paused\":" + random.nextBoolean();
                case 2 -> ",\"visible\":" + one(List.of("null", "[]", "[\"AAA\",\"BBB\"]"));
                case 3 -> ",\"paused\":false,\"max_rate\":null,\"visible\":null";
                default -> ",\"max_rate\":" + one(RATES.subList(0, 4));
            };
        }

        private void ask(int client) {
            switch (random.nextInt(5)) {
                case 0 -> says(client, "ping", ",\"ts\":" + random.nextInt(1_000_000));
                case 1 -> says(client, "symbols", ",\"query\":\"" + one(List.of("a", "BR", "inc", "zzzz", "")) + '"');
                case 2 -> says(client, "subscriptions", "");
                default ->
                    says(
                            client,
                            "alert",
                            ",\"symbol\":\"" + one(SYMBOLS) + "\",\"field\":\"last\",\"op\":\""
                                    + one(List.of("above", "below", "crosses")) + "\",\"value\":"
                                    + (100 + random.nextInt(200)));
            }
        }

        /** Fields that make no sense are counted with the messages that don't; a client may not send many. */
        private void senselessIf(boolean wrong) {
            if (wrong) {
                for (int i = 0; i < senseless.length; i++) {
                    senseless[i]++;
                }
            }
        }

        private void says(int client, String type, String members) {
            String id = ",\"id\":" + (1_000 + steps.size());
            steps.add(new Step(Act.SAYS, client, 0, "{\"type\":\"" + type + '"' + id + members + '}'));
        }

        private String entries() {
            int count = 1 + random.nextInt(4);
            return IntStream.range(0, count)
                    .mapToObj(i -> '"' + one(ENTRIES.subList(0, random.nextInt(8) == 0 ? ENTRIES.size() : 10)) + '"')
                    .distinct()
                    .collect(Collectors.joining(",", "[", "]"));
        }

        private <T> T one(List<T> some) {
            return some.get(random.nextInt(some.size()));
        }
    }
}
