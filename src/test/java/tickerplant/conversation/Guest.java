package tickerplant.conversation;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tickerplant.checker.Checker;
import tickerplant.checker.Folded;
import tickerplant.checker.Key;
import tickerplant.checker.Mutant;
import tickerplant.checker.TestClient;
import tickerplant.market.Channel;
import tickerplant.server.TestService;

/** One of the clients of a random conversation, over all its connections. Used by the thread that plays the script. */
final class Guest {
    private static final int LASTING = 600;
    private static final int EXPIRED = 4500;

    /**
     * Where it all happens.
     *
     * @param checkers make a checker of the connection with that name
     * @param mutants spoil what the guests hear
     */
    record Stage(
            TestService service,
            boolean asksForTokens,
            Function<String, Checker> checkers,
            Supplier<Mutant> mutants,
            Duration patience) {}

    private final Stage stage;
    private final int number;
    private final Script.Caller caller;
    private final List<String> ids = new ArrayList<>();
    private int connections;
    private int requests;
    private Checker checker;
    private TestClient client;
    private boolean connected;
    private boolean deaf;
    /** Whether it has been deaf on this connection. */
    private boolean stalled;

    private boolean expiring;
    private int settled;

    Guest(Stage stage, int number, Script.Caller caller) throws IOException {
        this.stage = stage;
        this.number = number;
        this.caller = caller;
        connect(Optional.empty());
    }

    private void connect(Optional<Checker> before) throws IOException {
        checker = stage.checkers().apply("#" + number + "." + connections++);
        before.ifPresent(checker::resumes);
        Script.Way way = stage.asksForTokens() ? caller.way() : Script.Way.NONE;
        String token = way == Script.Way.NONE ? "" : Pass.parse(caller.pass()).token(LASTING);
        String query = way == Script.Way.ADDRESS ? "?token=" + token : "";
        TestClient.Dial dial = TestClient.dial(URI.create(stage.service().ticker() + query))
                .checkedBy(checker)
                .spoiledBy(stage.mutants().get())
                .receiveBuffer(caller.buffer());
        if (way == Script.Way.HEADER) {
            dial.token(token);
        }
        client = dial.connect();
        connected = true;
        deaf = false;
        stalled = false;
        ids.clear();
        if (way == Script.Way.MESSAGE) {
            shows(token);
        }
    }

    void does(Script.Step step) throws IOException {
        switch (step.act()) {
            case SAYS -> says(step.text());
            case SHOWS -> shows(Pass.parse(step.text()).token(step.number()));
            case EXPIRES -> {
                shows(Pass.parse(step.text()).token(step.number()));
                expiring = true;
                connected = false;
            }
            case STALLS -> {
                deaf = true;
                stalled = true;
                client.stopReading();
            }
            case READS -> {
                deaf = false;
                client.resumeReading();
            }
            case CLOSES -> {
                client.close(1000, "bye");
                isGone();
            }
            case VANISHES -> {
                client.cut();
                isGone();
            }
            case RESETS -> {
                client.reset();
                isGone();
            }
            case RETURNS -> returns(step);
            default -> throw new IllegalArgumentException(step.toString());
        }
    }

    private void isGone() {
        client.awaitClosing();
        connected = false;
    }

    /** Waits for the end of a token that was shown to expire. */
    private void hasExpired() {
        if (expiring) {
            expiring = false;
            int code = client.awaitClosing().code();
            if (code != EXPIRED) {
                throw new AssertionError("#" + number + ": closed with " + code + " after its token has expired");
            }
        }
    }

    private void shows(String token) {
        client.says("{\"type\":\"auth\",\"id\":\"t%d\",\"token\":\"%s\"}".formatted(requests++, token));
    }

    private void says(String text) {
        Wording.idOf(text).ifPresent(ids::add);
        client.says(text);
    }

    private void returns(Script.Step step) throws IOException {
        hasExpired();
        String[] how = step.text().split(" ", -1);
        Map<Key, Folded> known = checker.folded();
        connect(how[0].equals("stale") ? Optional.empty() : Optional.of(checker));
        String epoch = how[0].equals("stale")
                ? "e-another"
                : stage.service().tickerplant().sessions().epoch();
        for (Channel channel : Channel.values()) {
            Map<String, Long> seqs = known.entrySet().stream()
                    .filter(entry -> Wording.isOf(channel, entry.getKey()))
                    .filter(entry -> !entry.getKey().symbol().equals(Key.MARKET))
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().symbol(),
                            entry -> how[0].equals("future")
                                    ? 1_000_000_000L
                                    : Math.max(0, entry.getValue().seq() - step.number())));
            if (!seqs.isEmpty()) {
                List<String> entries = how.length > 1 ? List.of(how[1]) : List.copyOf(seqs.keySet());
                says(Wording.resume(1_900 + requests++ % 100, channel, entries, epoch, seqs));
            }
        }
    }

    /**
     * Reads, and no longer holds back what the market says.
     *
     * @param configuration the fields of a request that says so
     */
    void behaves(String configuration) {
        hasExpired();
        if (!connected) {
            return;
        }
        if (deaf) {
            client.resumeReading();
        }
        client.says("{\"type\":\"configure\",\"id\":\"end\"," + configuration + "}");
        try {
            for (String id : ids) {
                client.await("the reply to " + id, stage.patience(), message -> message.text()
                        .contains("\"id\":" + id));
            }
            client.await("the last reply", stage.patience(), message -> message.text()
                    .contains("\"id\":\"end\""));
        } catch (AssertionError e) {
            if (client.closing().isEmpty() || !stalled) {
                throw e;
            }
            connected = false; // who doesn't read for long is taken for gone
        }
    }

    /** Its end of the conversation, while it is connected. */
    Optional<TestClient> client() {
        return connected ? Optional.of(client) : Optional.empty();
    }

    /** Waits until its bars stand where those of somebody stand who has just come, and compares them; time may close some. */
    void hasTheBarsOf(TestClient witness) {
        if (connected) {
            witness.states().keySet().stream()
                    .filter(key -> key.channel().equals(Channel.BARS) && client.isFollowing(key))
                    .forEach(key -> {
                        Folded[] theirs = new Folded[1];
                        Folded mine = client.awaitState(key, stage.patience(), key + " as the witness", state -> {
                            theirs[0] = witness.states().get(key);
                            return state.seq() == theirs[0].seq();
                        });
                        checker.standsAt(key, mine, theirs[0]);
                    });
        }
    }

    /** From now on nothing changes. */
    void isSettled() {
        if (connected) {
            settled = client.heard().size();
        }
    }

    /** Waits for one more heartbeat: its sum is that of the settled state. */
    void hearsHeartbeat() {
        if (connected) {
            client.awaitAfter(settled, "a heartbeat", stage.patience(), message -> message.type()
                    .equals("heartbeat"));
        }
    }

    /** Waits to be told that the service stops. */
    void isDismissed() {
        if (connected) {
            client.awaitClosing();
        }
    }

    void close() {
        client.close();
    }
}
