package tickerplant.conversation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tickerplant.conversation.Script.Act;
import tickerplant.conversation.Script.Caller;
import tickerplant.conversation.Script.Step;
import tickerplant.conversation.Script.Way;
import tickerplant.service.Setting;
import tickerplant.service.Tokens;

/** Draws a script step after step; it knows who is connected and who reads, so that every step can be done. */
final class ScriptDraft {
    private static final int MOST_SENSELESS = 8;
    private static final List<String> ENTRIES = List.of(
            "*", "A*", "AA*", "ZZ*", "AAA", "aab", "ABB", "BBB", "BRK.B", "CCC", "NEW0", "NEW1", "QQQ", "A B", "");
    private static final int USUAL_ENTRIES = 10;
    private static final List<String> CHANNELS =
            List.of("ticker", "ticker", "ticker", "trades", "trades", "status", "news", "bars", "bars");
    private static final List<String> RATES = List.of("null", "3", "7.5", "50", "0.01", "\"fast\"");
    private static final int RIGHT_RATES = 4;
    private static final List<String> ORIGINS = List.of("exact", "exact", "exact", "older", "stale", "future");
    private static final List<String> FIELDS = List.of("last", "last", "bid", "ask_size", "high", "volume", "trades");
    private static final List<String> PASSES = List.of(
            "*|*", "*|*", "*|*", "ticker trades bars status news|*", "ticker bars|*", "*|A* BBB", "trades ticker|AAA");
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

    private final long seed;
    private final Random random;
    private final boolean asksForTokens;
    private final Map<Setting, String> settings = new EnumMap<>(Setting.class);
    private final List<Step> steps = new ArrayList<>();
    private final List<Caller> callers = new ArrayList<>();
    private boolean[] gone = {};
    private boolean[] deaf = {};
    private int[] senseless = {};

    ScriptDraft(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.asksForTokens = random.nextInt(3) == 0;
    }

    /** A handful of clients that do a lot. */
    Script usual() {
        setting(Setting.WINDOW_BYTES, one(List.of(4_096, 16_384, 262_144)));
        setting(Setting.FRAME_BYTES, one(List.of(4_096, 262_144)));
        setting(Setting.HISTORY_ROWS, one(List.of(0, 50, 120_000)));
        callers(2 + random.nextInt(5));
        int count = 40 + random.nextInt(60);
        while (steps.size() < count) {
            step(random.nextInt(100), random.nextInt(10) == 0 ? 3_000 : 200);
        }
        return script();
    }

    /** Many clients, of which some come and go, stall and read while all hear the same market. */
    Script crowd(int clients) {
        setting(Setting.WINDOW_BYTES, 16_384);
        callers(clients);
        while (steps.size() < clients + clients / 2) {
            step(random.nextInt(100), 20);
        }
        return script();
    }

    private Script script() {
        if (asksForTokens) {
            settings.put(Setting.AUTH, "jwt");
            settings.put(Setting.AUTH_KEY, Tokens.SECRET);
        }
        boolean isReplay = random.nextBoolean();
        boolean isModest = random.nextInt(10) == 0;
        return new Script(seed, isReplay, isModest, Map.copyOf(settings), List.copyOf(callers), List.copyOf(steps));
    }

    private void setting(Setting setting, int value) {
        settings.put(setting, Integer.toString(value));
    }

    private void callers(int count) {
        for (int i = 0; i < count; i++) {
            callers.add(new Caller(
                    random.nextBoolean() ? 4_096 : 1 << 18,
                    one(List.of(Way.HEADER, Way.ADDRESS, Way.MESSAGE)),
                    one(PASSES)));
        }
        gone = new boolean[count];
        deaf = new boolean[count];
        senseless = new int[count];
        for (int client = 0; client < count; client++) {
            subscribe(client);
        }
    }

    private void step(int dice, int burst) {
        int client = random.nextInt(gone.length);
        if (dice < 28) {
            steps.add(new Step(Act.PLAYS, -1, 1 + random.nextInt(burst), ""));
        } else if (dice < 33) {
            steps.add(new Step(Act.RESTS, -1, 0, ""));
        } else if (gone[client]) {
            returns(client);
        } else if (dice < 43) {
            deaf[client] = !deaf[client];
            steps.add(new Step(deaf[client] ? Act.STALLS : Act.READS, client, 0, ""));
        } else if (dice < 50) {
            leaves(client);
        } else if (dice < 53 && senseless[client] < MOST_SENSELESS) {
            senseless[client]++;
            steps.add(new Step(Act.SAYS, client, 0, one(SENSELESS)));
        } else if (dice < 72) {
            subscribe(client);
        } else if (dice < 80) {
            unsubscribe(client);
        } else if (dice < 88) {
            says(client, "configure", configuration());
        } else {
            ask(client);
        }
    }

    private void leaves(int client) {
        gone[client] = true;
        senseless[client] = 0;
        if (asksForTokens && !deaf[client] && random.nextInt(3) == 0) {
            steps.add(new Step(Act.EXPIRES, client, random.nextInt(3), "*|*"));
        } else if (deaf[client]) {
            steps.add(new Step(one(List.of(Act.VANISHES, Act.RESETS)), client, 0, ""));
        } else {
            steps.add(new Step(one(List.of(Act.CLOSES, Act.CLOSES, Act.VANISHES, Act.RESETS)), client, 0, ""));
        }
        deaf[client] = false;
    }

    private void returns(int client) {
        gone[client] = false;
        String from = one(ORIGINS);
        int number = from.equals("older") ? 1 + random.nextInt(300) : 0;
        steps.add(new Step(Act.RETURNS, client, number, from + one(List.of("", "", " *", " A*"))));
    }

    private void subscribe(int client) {
        String rate = random.nextInt(3) == 0 ? ",\"max_rate\":" + limitedRate() : "";
        String snapshot = random.nextInt(5) == 0 ? ",\"snapshot\":false" : "";
        says(client, "subscribe", channel(1) + ",\"symbols\":" + entries() + rate + snapshot);
    }

    private void unsubscribe(int client) {
        boolean whole = random.nextInt(4) == 0;
        String channel = channel(whole ? 2 : 1);
        says(client, "unsubscribe", channel + (whole ? "" : ",\"symbols\":" + entries()));
    }

    /** A channel; of bars the interval is said once in so many times. */
    private String channel(int intervalsOutOf) {
        String channel = one(CHANNELS);
        boolean interval = channel.equals("bars") && random.nextInt(intervalsOutOf) == 0;
        return ",\"channel\":\"" + channel + '"' + (interval ? ",\"interval\":\"" + one(Script.INTERVALS) + '"' : "");
    }

    private String limitedRate() {
        String rate = one(RATES);
        senselessIf(RATES.indexOf(rate) >= RIGHT_RATES);
        return rate;
    }

    private String configuration() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> ",\"paused\":" + random.nextBoolean();
            case 2 -> ",\"visible\":" + one(List.of("null", "[]", "[\"AAA\",\"BBB\"]"));
            case 3 -> ",\"paused\":false,\"max_rate\":null,\"visible\":null";
            default -> ",\"max_rate\":" + one(RATES.subList(0, RIGHT_RATES));
        };
    }

    private void ask(int client) {
        switch (random.nextInt(asksForTokens ? 9 : 8)) {
            case 0 -> says(client, "ping", ",\"ts\":" + random.nextInt(1_000_000));
            case 1 -> says(client, "symbols", ",\"query\":\"" + one(List.of("a", "BR", "inc", "zzzz", "")) + '"');
            case 2 -> says(client, "subscriptions", "");
            case 3 -> says(client, "history", history());
            case 4 -> says(client, "unalert", ",\"alert\":\"a-" + (1 + random.nextInt(4)) + '"');
            case 8 -> steps.add(new Step(Act.SHOWS, client, 600, one(PASSES)));
            default -> says(client, "alert", alert());
        }
    }

    private String history() {
        String limit = ",\"symbol\":\"" + one(Script.SYMBOLS) + "\",\"limit\":" + (1 + random.nextInt(300));
        return random.nextBoolean()
                ? ",\"channel\":\"trades\"" + limit + (random.nextBoolean() ? ",\"after_seq\":0" : "")
                : ",\"channel\":\"bars\",\"interval\":\"" + one(Script.INTERVALS) + '"' + limit;
    }

    private String alert() {
        String field = one(FIELDS);
        String op = one(List.of("above", "below", "crosses"));
        boolean relative = field.equals("last") && random.nextInt(4) == 0;
        return ",\"symbol\":\"" + one(Script.SYMBOLS) + "\",\"field\":\"" + field + "\",\"op\":\""
                + (relative ? "moves_pct" : op) + "\",\"value\":"
                + (relative ? 1 + random.nextInt(20) : 100 + random.nextInt(200))
                + (random.nextInt(4) == 0 ? ",\"from_seq\":0" : "");
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
        int from = random.nextInt(8) == 0 ? ENTRIES.size() : USUAL_ENTRIES;
        return IntStream.range(0, count)
                .mapToObj(i -> '"' + one(ENTRIES.subList(0, from)) + '"')
                .distinct()
                .collect(Collectors.joining(",", "[", "]"));
    }

    private <T> T one(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
