package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tickerplant.market.Events.listed;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.Clock;
import tickerplant.server.RawClient;
import tickerplant.server.TestService;
import tickerplant.service.Setting;
import tickerplant.service.Tokens;

/** The real service where it asks for tokens. What tests of them share. */
abstract class TokenConversation {
    static final Map<Setting, String> WITH_TOKENS =
            Map.of(Setting.AUTH, "jwt", Setting.AUTH_KEY, Tokens.SECRET, Setting.AUTH_TIMEOUT_MS, "60000");
    final Observatory observatory = new Observatory();
    final Play play = new Play(observatory, listed("AAPL", 18_800), listed("MSFT", 40_000));
    TestService service;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        service = TestService.with(WITH_TOKENS, play.feed());
    }

    @AfterEach
    void stop() {
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        service.close();
    }

    static long now() {
        return Clock.SYSTEM.micros() / 1_000_000;
    }

    /** Good for a minute and everything, but for what is said otherwise. */
    static String token(Object... claims) {
        Map<String, Object> all = new HashMap<>(Map.of("sub", "alice", "exp", now() + 60, "scope", "*"));
        for (int i = 0; i < claims.length; i += 2) {
            all.put((String) claims[i], claims[i + 1]);
        }
        return Tokens.of(all);
    }

    TestClient client() throws IOException {
        return client(dial -> {});
    }

    TestClient client(Consumer<TestClient.Dial> as) throws IOException {
        return client("", as);
    }

    TestClient client(String query, Consumer<TestClient.Dial> as) throws IOException {
        TestClient.Dial dial =
                TestClient.dial(URI.create(service.ticker() + query)).checkedBy(observatory.observer("client"));
        as.accept(dial);
        return dial.connect();
    }

    static String auth(int id, String token) {
        return "{\"type\":\"auth\",\"id\":" + id + ",\"token\":\"" + token + "\"}";
    }

    static void assertFollows(TestClient client) {
        client.says("""
            {"type":"subscribe","id":7,"channel":"ticker","symbols":["AAPL"]}""");
        client.hears("""
            {"type":"subscribed","id":7,"channel":"ticker","symbols":["AAPL"],"total":1}""");
        client.hears("""
            {"type":"snapshot","data":[{"symbol":"AAPL"}]}""");
    }

    /** Every kind of token that is none. */
    static List<String> bad() {
        String good = token();
        String[] parts = good.split("\\.", -1);
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return List.of(
                "unknown",
                token("exp", now() - 1),
                token("nbf", now() + 600),
                Tokens.with("another secret, as long as it has to be", JWSAlgorithm.HS256, Map.of("exp", now() + 60)),
                none + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + ".AAAA",
                good + "x".repeat(9_000));
    }

    static List<String> badInAHandshake() {
        return bad().stream().filter(token -> token.length() < 4_000).toList();
    }

    /** All of the answer but its date. */
    String refused(String path, String header) throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            String head = client.upgrade(path, header).head();
            return head.replaceFirst("Date: .*\r\n", "");
        }
    }
}
