package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tickerplant.checker.Key;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.faults.FaultProxy;
import tickerplant.faults.Traveller;
import tickerplant.faults.Weather;
import tickerplant.market.Clock;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/**
 * Clients on bad networks, beside one on a good one whose record they are held against: over all their connections together
 * they hear everything once, or are told what they can't hear.
 */
@Timeout(300)
class NetworkFaultsTest {
    private static final List<String> CHANNELS = List.of("ticker", "trades");
    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final int SEED = 17;

    private final Observatory observatory = new Observatory();
    private final MovingMarket market = new MovingMarket(observatory, 5, 500, SEED);
    private TestService service;
    private FaultProxy proxy;
    private TestClient observer;
    private Traveller traveller;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        service = TestService.with(Map.of(Setting.SESSIONS_PER_ADDRESS, "5000"), market.feed());
        proxy = FaultProxy.before(service.port(), SEED);
        observer = TestClient.dial(service.ticker())
                .checkedBy(observatory.observer("observer"))
                .receiveBuffer(1 << 20)
                .connect();
        for (String channel : CHANNELS) {
            observer.request("{\"type\":\"subscribe\",\"id\":\"%1$s\",\"channel\":\"%1$s\",\"symbols\":[\"*\"]}"
                    .formatted(channel));
        }
        traveller = new Traveller(observatory, "traveller", proxy.through(service.ticker()), CHANNELS);
    }

    @AfterEach
    void stop() throws IOException {
        traveller.close();
        observer.close();
        proxy.close();
        service.close();
    }

    private void isHeard(TestClient client) {
        for (String channel : CHANNELS) {
            for (String symbol : market.symbols()) {
                long seq = market.seq(channel, symbol);
                client.awaitState(
                        Key.of(channel, symbol),
                        SETTLING,
                        channel + " " + symbol + " at " + seq,
                        state -> state.seq() == seq);
            }
        }
    }

    /** All is told, to both, and nothing was wrong on the way. */
    private void settles() throws InterruptedException {
        market.plays(10);
        isHeard(observer);
        isHeard(traveller.client());
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
    }

    private void isResetAndReturns(int times, Duration every) throws Exception {
        traveller.sets("*");
        for (int i = 0; i < times; i++) {
            market.moves(every);
            proxy.resets();
            traveller.client().awaitClosing();
            market.moves(Duration.ofMillis(100));
            traveller.returns("*");
        }
        settles();
        assertEquals(times + 1, traveller.connections());
        assertEquals(List.of(), traveller.heard("gap"));
    }

    @Test
    void whoIsResetAgainAndAgainHearsEverythingOnce() throws Exception {
        isResetAndReturns(6, Duration.ofMillis(200));
    }

    @Test
    @Tag("faults")
    void whoIsResetEveryFiveSecondsForTwoMinutesHearsEverythingOnce() throws Exception {
        isResetAndReturns(24, Duration.ofSeconds(5));
    }

    static Stream<Arguments> weathers() {
        return Stream.of(
                Arguments.of("late", Weather.late(Duration.ZERO, Duration.ofMillis(400)), 1_000),
                Arguments.of("byte by byte", Weather.sliced(1), 1_000),
                Arguments.of("narrow", Weather.narrow(2_000), 1_500));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("weathers")
    void inBadWeatherItIsToldEverything(String name, Weather weather, int millis) throws Exception {
        traveller.sets("*");
        proxy.weather(weather);
        market.moves(Duration.ofMillis(millis));
        proxy.weather(Weather.FAIR);
        settles();
        assertEquals(1, traveller.connections(), name);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("weathers")
    void inBadWeatherWhoIsResetHearsEverythingOnce(String name, Weather weather, int millis) throws Exception {
        traveller.sets("*");
        for (int i = 0; i < 3; i++) {
            proxy.weather(weather);
            market.moves(Duration.ofMillis(millis / 3));
            proxy.weather(Weather.FAIR);
            proxy.resets();
            traveller.client().awaitClosing();
            traveller.returns("*");
        }
        settles();
        assertEquals(4, traveller.connections(), name);
    }

    @Test
    void aBlackHoleOfThreeSecondsCostsNothing() throws Exception {
        isLostAndFound(Duration.ofSeconds(3));
        assertEquals(1, traveller.connections());
    }

    @Test
    @Tag("faults")
    void whoIsCutInABlackHoleOfAMinuteReturns() throws Exception {
        isLostAndFound(Duration.ofSeconds(60));
        assertEquals(2, traveller.connections());
    }

    private void isLostAndFound(Duration span) throws Exception {
        traveller.sets("*");
        market.moves(Duration.ofMillis(300));
        proxy.holds();
        market.moves(span);
        proxy.letsGo();
        if (span.compareTo(Duration.ofSeconds(20)) > 0) {
            traveller.client().awaitClosing();
            traveller.returns("*");
        }
        settles();
    }

    @Test
    void tenSlowReadersAmongHealthyOnesAreToldEverythingAtTheirSpeed() throws Exception {
        areHealthy(40, Duration.ofSeconds(2));
    }

    @Test
    @Tag("faults")
    void tenSlowReadersAmongAThousandAreToldEverythingAtTheirSpeed() throws Exception {
        areHealthy(990, Duration.ofSeconds(10));
    }

    private void areHealthy(int count, Duration span) throws Exception {
        traveller.sets("*");
        List<TestClient> healthy = new ArrayList<>();
        List<Traveller> slow = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                TestClient client = TestClient.dial(service.ticker())
                        .checkedBy(observatory.checker("healthy " + i))
                        .connect();
                client.request("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"S%d\"]}"
                        .formatted(i % 5));
                healthy.add(client);
            }
            for (int i = 0; i < 10; i++) {
                Traveller reader =
                        new Traveller(observatory, "slow " + i, proxy.through(service.ticker()), List.of("ticker"));
                reader.sets("*");
                slow.add(reader);
            }
            proxy.weather(Weather.narrow(2_000));
            market.moves(span);
            market.plays(10);
            isHeard(observer);
            for (int i = 0; i < count; i++) {
                String symbol = "S" + i % 5;
                long seq = market.seq("ticker", symbol);
                healthy.get(i)
                        .awaitState(
                                Key.of("ticker", symbol), SETTLING, symbol + " at " + seq, state -> state.seq() == seq);
            }
            proxy.weather(Weather.FAIR);
            for (Traveller reader : slow) {
                market.isHeard(reader.client(), "ticker");
                assertEquals(1, reader.connections());
            }
            settles();
        } finally {
            healthy.forEach(TestClient::close);
            slow.forEach(Traveller::close);
        }
    }

    @Test
    void aHundredWhoComeBackAtOnceMissNothing() throws Exception {
        comeBackAtOnce(100, SETTLING);
    }

    @Test
    @Tag("faults")
    void aThousandWhoComeBackAtOnceAreBackInTenSecondsAndMissNothing() throws Exception {
        comeBackAtOnce(1_000, Duration.ofSeconds(10));
    }

    private void comeBackAtOnce(int count, Duration patience) throws Exception {
        traveller.sets("*");
        List<Traveller> all = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Traveller one = new Traveller(observatory, "#" + i, proxy.through(service.ticker()), List.of("trades"));
                one.sets("S" + i % 5);
                all.add(one);
            }
            market.plays(100);
            for (int i = 0; i < count; i++) {
                isHeard(all.get(i), "S" + i % 5);
            }
            proxy.resets();
            for (Traveller one : all) {
                one.client().awaitClosing();
            }
            market.plays(500);

            long start = Clock.SYSTEM.nanos();
            all.parallelStream().forEach(one -> {
                try {
                    one.returns("S" + all.indexOf(one) % 5);
                } catch (IOException e) {
                    throw new IllegalStateException("can't come back", e);
                }
            });
            for (int i = 0; i < count; i++) {
                isHeard(all.get(i), "S" + i % 5);
                assertEquals(List.of(), all.get(i).heard("gap"));
            }
            Duration took = Duration.ofNanos(Clock.SYSTEM.nanos() - start);
            System.out.println(count + " came back at once in " + took.toMillis() + " ms");
            assertTrue(took.compareTo(patience) < 0, "back after " + took);
            traveller.returns("*");
            settles();
        } finally {
            all.forEach(Traveller::close);
        }
    }

    private void isHeard(Traveller one, String symbol) {
        long seq = market.seq("trades", symbol);
        one.client().awaitState(Key.of("trades", symbol), SETTLING, symbol + " at " + seq, state -> state.seq() == seq);
    }
}
