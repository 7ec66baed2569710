package tickerplant.conversation;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tickerplant.checker.Assertion;
import tickerplant.checker.Checker;
import tickerplant.checker.Key;
import tickerplant.checker.Mutant;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.checker.Violation;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/**
 * A script, played on a real service with real sockets beside an observer to whom nothing bad happens, and before a witness
 * who comes last and asks for everything.
 */
final class RandomConversation {
    private static final Duration SETTLING = Duration.ofSeconds(20);
    private static final Duration SHORT_SETTLING = Duration.ofSeconds(2);
    private static final String NOT_PAUSED = "\"paused\":false";
    private static final int HEARTBEAT_MILLIS = 1_000;
    private static final int FAST_HEARTBEAT_MILLIS = 200;

    private final Script script;
    private final Duration patience;
    private final int heartbeatMillis;
    private final Set<Assertion> asserted;
    private final Supplier<Mutant> mutants;
    private final Observatory observatory = new Observatory();
    private final RandomMarket market;
    private final List<Guest> guests = new ArrayList<>();
    private TestService service;
    /** Whether the source has fallen quiet, and the observer has heard all of it. */
    private boolean quiet;

    private RandomConversation(
            Script script, Set<Assertion> asserted, Supplier<Mutant> mutants, Duration patience, int heartbeatMillis) {
        this.heartbeatMillis = heartbeatMillis;
        this.script = script;
        this.asserted = asserted;
        this.mutants = mutants;
        this.patience = patience;
        this.market = new RandomMarket(observatory, script);
    }

    /** A conversation with the service as it is, of which everything is asserted. */
    static RandomConversation honest(Script script) {
        return new RandomConversation(script, Set.of(Assertion.values()), () -> List::of, SETTLING, HEARTBEAT_MILLIS);
    }

    /** One in which every guest hears what a mutant makes of it, and only some is asserted. */
    static RandomConversation spoiled(Script script, Set<Assertion> asserted, Supplier<Mutant> mutants) {
        return new RandomConversation(script, asserted, mutants, SHORT_SETTLING, FAST_HEARTBEAT_MILLIS);
    }

    /**
     * Plays it; gives what was broken.
     *
     * @throws AssertionError where something that everybody waits for does not come, though nothing else is broken
     */
    List<Violation> run() throws IOException, InterruptedException {
        try (TestService running = TestService.with(settings(), market.feed());
                TestClient observer = client(running, observatory.observer("observer", asserted))) {
            service = running;
            Guest.Stage stage = new Guest.Stage(
                    running, script.asksForTokens(), name -> observatory.checker(name, asserted), mutants, patience);
            Optional<AssertionError> impatience = plays(stage, observer);
            List<Violation> verdict = observatory.verdict(System.nanoTime());
            if (!verdict.isEmpty()) {
                return verdict;
            }
            if (impatience.isPresent()) {
                throw impatience.get();
            }
            running.stop();
            for (Guest guest : guests) {
                guest.isDismissed();
            }
            return observatory.violations();
        } finally {
            guests.forEach(Guest::close);
        }
    }

    /** Plays the script to its end, or until somebody waits in vain. */
    private Optional<AssertionError> plays(Guest.Stage stage, TestClient observer)
            throws IOException, InterruptedException {
        try {
            everythingIsAskedFor(observer);
            for (int i = 0; i < script.callers().size(); i++) {
                guests.add(new Guest(stage, i, script.callers().get(i)));
            }
            for (Script.Step step : script.steps()) {
                play(step, observer);
            }
            end(observer);
            return Optional.empty();
        } catch (AssertionError e) {
            if (quiet) {
                observatory.settled(http());
            }
            return Optional.of(e);
        }
    }

    private Map<Setting, String> settings() {
        Map<Setting, String> settings = new EnumMap<>(script.settings());
        settings.put(Setting.HEARTBEAT_MS, Integer.toString(heartbeatMillis));
        return settings;
    }

    /** A client that reads well and may hear everything. */
    private TestClient client(TestService running, Checker checker) throws IOException {
        TestClient.Dial dial =
                TestClient.dial(running.ticker()).checkedBy(checker).receiveBuffer(1 << 20);
        if (script.asksForTokens()) {
            dial.token(token());
        }
        return dial.connect();
    }

    private Map<Key, Map<String, Object>> http() throws IOException, InterruptedException {
        return Wording.ticker(service, script.asksForTokens() ? token() : "");
    }

    private static String token() {
        return Pass.EVERYTHING.token(600);
    }

    private static void everythingIsAskedFor(TestClient client) {
        for (Channel channel : Channel.values()) {
            client.request("{\"type\":\"subscribe\",\"id\":\"%s\",%s,\"symbols\":[\"*\"]}"
                    .formatted(channel, Wording.of(channel)));
        }
    }

    private void play(Script.Step step, TestClient observer) throws IOException, InterruptedException {
        switch (step.act()) {
            case PLAYS -> market.plays(step.number());
            case RESTS -> settles(observer);
            default -> guests.get(step.client()).does(step);
        }
    }

    /** The source falls quiet: everybody comes to stand where the service does, and where HTTP says that it does. */
    private void end(TestClient observer) throws IOException, InterruptedException {
        for (Guest guest : guests) {
            guest.behaves(script.isModest() ? NOT_PAUSED : NOT_PAUSED + ",\"max_rate\":null,\"visible\":null");
        }
        settles(observer);
        quiet = true;
        try (TestClient witness = client(service, observatory.checker("witness", asserted))) {
            everythingIsAskedFor(witness);
            settles(witness);
            for (Guest guest : guests) {
                if (guest.client().isPresent()) {
                    settles(guest.client().get());
                    guest.hasTheBarsOf(witness);
                }
            }
            observatory.settled(http());
            guests.forEach(Guest::isSettled);
            guests.forEach(Guest::hearsHeartbeat);
        }
    }

    /** Waits until the client stands where the service does in all that it follows but bars, which time goes on to close. */
    private void settles(TestClient client) throws InterruptedException {
        market.awaitTaken();
        client.request(
                "{\"type\":\"ping\",\"id\":\"p%d\"}".formatted(client.heard().size()));
        for (Channel channel : Channel.values()) {
            if (!channel.isBars()) {
                List<Topic> topics = new ArrayList<>(service.tickerplant().hub().topics(channel, ""));
                service.tickerplant().hub().marketWide(channel).ifPresent(topics::add);
                for (Topic topic : topics) {
                    long seq = topic.standing().update().seq();
                    Key key = Key.of(channel.word(), topic.symbol().name());
                    if (client.isFollowing(key)) {
                        client.awaitState(key, patience, key + " at " + seq, state -> state.seq() == seq);
                    }
                }
            }
        }
    }
}
