package tickerplant.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.checker.Key;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.containers.PlayedMarket;
import tickerplant.market.Clock;

/** The program killed, stopped and ended while prices flow. */
@Timeout(300)
class ProcessFaultsIT {
    private static final PlayedMarket MARKET = new PlayedMarket();
    private static final List<String> CHANNELS = List.of("ticker", "trades");
    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final int TERMINATED = 143;
    private static final int STOPPED = 8;
    private static final int GREETED = 20;

    private final Observatory observatory = new Observatory();

    @TempDir
    Path folder;

    private Path log;
    private String recording;

    @BeforeEach
    void record() throws IOException {
        log = folder.resolve("log");
        Path file = folder.resolve("market.ndjson");
        MARKET.write(file);
        MARKET.tell(observatory.feed());
        recording = "replay:" + file;
    }

    private Child start(String... options) throws IOException {
        return Child.start(log, List.of("-Xmx256m", "-XX:+UseSerialGC"), options);
    }

    private static void isFollowing(Traveller traveller, long trades) {
        traveller
                .client()
                .awaitState(Key.of("trades", "MOVE0"), STARTING, trades + " trades", state -> state.seq() >= trades);
    }

    private static void isAt(Traveller traveller, long ticker) {
        traveller
                .client()
                .awaitState(Key.of("ticker", "MOVE0"), STARTING, "event " + ticker, state -> state.seq() >= ticker);
    }

    private void isKilled(int times) throws Exception {
        Set<String> epochs = new HashSet<>();
        Optional<Traveller> traveller = Optional.empty();
        for (int i = 1; i <= times; i++) {
            try (Child child = start("--feed", recording + "?speed=4")) {
                if (traveller.isEmpty()) {
                    traveller = Optional.of(new Traveller(observatory, "traveller", child.ticker(), CHANNELS));
                    traveller.get().sets("MOVE*");
                } else {
                    traveller.get().returns(child.ticker(), "MOVE*");
                    for (String channel : CHANNELS) {
                        Message answer = traveller
                                .get()
                                .client()
                                .await(
                                        "an answer in " + channel,
                                        message -> message.type().equals("subscribed")
                                                && channel.equals(
                                                        message.members().get("channel")));
                        assertTrue(answer.text().contains("\"MOVE0\":\"snapshot\""), answer.text());
                    }
                }
                isFollowing(traveller.get(), 20L + i);
                assertTrue(epochs.add(traveller.get().epoch()), "an epoch came twice");
                child.signal("KILL");
                traveller.get().client().awaitClosing();
            }
        }
        traveller.orElseThrow().close();
        assertEquals(times, epochs.size());
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    @Test
    void whoIsKilledBeginsAnewAndClientsGetSnapshots() throws Exception {
        isKilled(3);
    }

    @Test
    @Tag("faults")
    void whoIsKilledTwentyTimesBeginsAnewTwentyTimes() throws Exception {
        isKilled(20);
    }

    @Test
    void whoIsTerminatedSaysGoodbyeToEverybody() throws Exception {
        isTerminated(STARTING);
    }

    @Test
    @Tag("faults")
    void whoIsTerminatedIsGoneInFiveSeconds() throws Exception {
        isTerminated(Duration.ofSeconds(5));
    }

    private void isTerminated(Duration patience) throws Exception {
        List<TestClient> clients = new ArrayList<>();
        try (Child child = start("--feed", recording + "?speed=4")) {
            for (int i = 0; i < GREETED; i++) {
                TestClient client = TestClient.dial(child.ticker())
                        .checkedBy(observatory.checker("client " + i))
                        .connect();
                client.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"MOVE%d\"]}"
                        .formatted(i % 10));
                clients.add(client);
            }
            TestClient stuck =
                    TestClient.dial(child.ticker()).receiveBuffer(16 * 1024).connect();
            clients.add(stuck);
            stuck.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}");
            stuck.stopReading();

            child.signal("TERM");
            assertEquals(TERMINATED, child.awaitEnd(patience));
            for (TestClient client : clients.subList(0, GREETED)) {
                assertEquals(1001, client.awaitClosing().code());
                assertTrue(
                        client.heard().stream()
                                .anyMatch(message -> message.type().equals("goaway")),
                        () -> client.closing() + " without a goaway\n" + child.log());
            }
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        } finally {
            clients.forEach(TestClient::cut);
        }
    }

    /**
     * Clients are stopped in the middle of reading, so that pongs are awaited, and go on while the process can't hear them:
     * whoever goes by the clock alone would take all of them for dead.
     */
    private void isStopped(Duration span, String... options) throws Exception {
        List<Traveller> travellers = new ArrayList<>();
        List<String> all = new ArrayList<>(
                List.of("--feed", recording + "?speed=10", "--feed", "simulated?symbols=50&rate=1000&seed=1"));
        // a small window, so that after a moment without reading a pong is awaited
        all.addAll(List.of("--window-bytes", "4096"));
        all.addAll(List.of(options));
        try (Child child = start(all.toArray(String[]::new))) {
            for (int i = 0; i < STOPPED; i++) {
                Traveller traveller = new Traveller(observatory, "client " + i, child.ticker(), List.of("ticker"));
                traveller.sets("*");
                travellers.add(traveller);
            }
            for (Traveller traveller : travellers) {
                isAt(traveller, 20);
            }
            travellers.forEach(traveller -> traveller.client().stopReading());
            pause(Duration.ofSeconds(1));
            child.signal("STOP");
            travellers.forEach(traveller -> traveller.client().resumeReading());
            pause(span);
            child.signal("CONT");
            for (Traveller traveller : travellers) {
                int heard = traveller.client().heard().size();
                traveller.client().awaitAfter(heard, "a heartbeat", message -> message.type()
                        .equals("heartbeat"));
                isAt(traveller, 200);
            }
            assertEquals(
                    0,
                    travellers.stream()
                            .filter(traveller -> traveller.client().closing().isPresent())
                            .count());
            assertTrue(child.get("/health/ready").contains("\"sessions\":" + STOPPED), child.get("/health/ready"));
            assertTrue(!child.log().contains("cut with"), child.log());
            assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        } finally {
            travellers.forEach(Traveller::close);
        }
    }

    private static void pause(Duration span) throws InterruptedException {
        Clock.SYSTEM.sleepUntil(Clock.SYSTEM.nanos() + span.toNanos());
    }

    @Test
    void whoWasStoppedDoesNotTakeClientsForDead() throws Exception {
        isStopped(Duration.ofSeconds(6), "--slow-ms", "3000", "--heartbeat-ms", "1000");
    }

    @Test
    @Tag("faults")
    void whoWasStoppedForHalfAMinuteDoesNotTakeClientsForDead() throws Exception {
        isStopped(Duration.ofSeconds(30));
    }
}
