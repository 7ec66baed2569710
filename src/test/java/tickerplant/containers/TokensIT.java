package tickerplant.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tickerplant.checker.TestClient;
import tickerplant.server.RawClient;
import tickerplant.service.Setting;
import tickerplant.service.Tokens;

/** What every container answers to tokens that come with the handshake. */
@Tag("containers")
@Timeout(180)
class TokensIT {
    private static final Map<Setting, String> SETTINGS = Map.of(
            Setting.FEED, "simulated?symbols=10&rate=10&seed=1", Setting.AUTH, "jwt", Setting.AUTH_KEY, Tokens.SECRET);

    @ParameterizedTest
    @EnumSource
    void aProgramIsToldByTheStatusAndAPageByTheCode(Container container) throws Exception {
        String good = Tokens.of(Map.of("exp", 4_000_000_000L, "scope", "*"));
        String foreign = good.substring(0, good.lastIndexOf('.')) + ".AAAA";
        try (RunningContainer server = RunningContainer.start(container, SETTINGS)) {
            for (String token : new String[] {foreign, "unknown"}) {
                assertEquals("401", status(server, "/ws/ticker", "Authorization: Bearer " + token));
                assertEquals("401", status(server, "/ws/ticker?token=" + token, "X-Nothing: x"));
            }
            assertEquals(
                    4500,
                    closing(TestClient.dial(server.socket("/ws/ticker?token=" + foreign))
                            .origin("http://127.0.0.1:" + server.port())));
            assertTrue(welcome(server, "?token=" + good).contains("\"auth\":\"ok\""));
            assertTrue(welcome(server, "").contains("\"auth\":\"required\""));
        }
    }

    private static String status(RunningContainer server, String path, String header) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            return client.upgrade(path, header).head().split(" ", 3)[1];
        }
    }

    private static int closing(TestClient.Dial dial) throws IOException {
        try (TestClient client = dial.connect()) {
            return client.awaitClosing().code();
        }
    }

    private static String welcome(RunningContainer server, String query) throws IOException {
        try (TestClient client =
                TestClient.dial(server.socket("/ws/ticker" + query)).connect()) {
            return client.await("welcome", message -> message.type().equals("welcome"))
                    .text();
        }
    }
}
