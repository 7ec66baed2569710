package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;
import static tickerplant.market.Events.listed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickerplant.checker.TestClient;
import tickerplant.feed.ScriptedFeed;
import tickerplant.service.Setting;
import tickerplant.service.Tokens;

/** Which handshakes the embedded server grants, by their origin and by how many there are already. */
@Timeout(60)
class AdmissionTest {
    private TestService service;

    @AfterEach
    void stop() {
        service.close();
    }

    private void start(Setting setting, String value) throws IOException, InterruptedException {
        start(Map.of(setting, value));
    }

    private void start(Map<Setting, String> settings) throws IOException, InterruptedException {
        service = TestService.with(settings, ScriptedFeed.live("test", listed("AAPL", 18_800)));
    }

    private String answer(String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "GET /ws/ticker HTTP/1.1",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13"));
        lines.addAll(List.of(headers));
        try (RawClient client = new RawClient(service.port())) {
            return client.say(lines.toArray(new String[0])).head();
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            http://localhost:8080,              localhost:8080, 101
            https://localhost:8080,             localhost:8080, 101
            HTTP://LocalHost:8080,              localhost:8080, 101
            http://[::1]:8080,                  [::1]:8080,     101
            https://listed.example,             localhost:8080, 101
            http://listed.example,              localhost:8080, 403
            https://listed.example.,            localhost:8080, 403
            https://listed.example:444,         localhost:8080, 403
            http://evil.example,                localhost:8080, 403
            http://localhost:8080.evil.example, localhost:8080, 403
            http://localhost.evil.example:8080, localhost:8080, 403
            http://localhost:8081,              localhost:8080, 403
            http://localhost,                   localhost:8080, 403
            http://x@localhost:8080,            localhost:8080, 403
            http://localhost.:8080,             localhost:8080, 403
            http://localhost:8080/,             localhost:8080, 403
            ftp://localhost:8080,               localhost:8080, 403
            http://[::2]:8080,                  [::1]:8080,     403
            null,                               localhost:8080, 403
            """)
    void aHandshakeOfAPageIsGrantedByItsOrigin(String origin, String host, int status) throws Exception {
        start(Setting.ORIGINS, "https://listed.example");
        String answer = answer("Origin: " + origin, "Host: " + host);
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        if (status == 403) {
            assertTrue(answer.contains("Content-Length: 0\r\n"), answer);
            assertTrue(answer.contains("Connection: close\r\n"), answer);
        }
    }

    @Test
    void twoOriginsAreRefusedAndNoneIsNot() throws Exception {
        start(Map.of());
        String two = answer("Host: localhost", "Origin: http://localhost", "Origin: http://localhost");
        assertTrue(two.startsWith("HTTP/1.1 403 "), two);
        String folded = answer("Host: localhost", "Origin: http://localhost", "origin: http://evil.example");
        assertTrue(folded.startsWith("HTTP/1.1 403 "), folded);
        String none = answer("Host: localhost");
        assertTrue(none.startsWith("HTTP/1.1 101 "), none);
    }

    @Test
    void aRefusedHandshakeEndsTheConnectionAndMakesNoSession() throws Exception {
        start(Setting.SESSION_LIMIT, "1");
        for (int i = 0; i < 50; i++) {
            try (RawClient client = new RawClient(service.port())) {
                String all = client.upgrade("/ws/ticker", "Origin: http://evil.example")
                        .rest();
                assertTrue(all.startsWith("HTTP/1.1 403 "), all);
            }
        }
        assertEquals(0, service.tickerplant().sessions().count());
        try (TestClient client = TestClient.dial(service.ticker()).connect()) {
            client.hears("{\"type\":\"welcome\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({"SESSION_LIMIT", "SESSIONS_PER_ADDRESS"})
    void whoIsOneTooManyIsClosedAndMayComeWhenAnotherHasGone(Setting limit) throws Exception {
        start(limit, "2");
        try (TestClient first = TestClient.dial(service.ticker()).connect();
                TestClient second = TestClient.dial(service.ticker()).connect()) {
            first.hears("{\"type\":\"welcome\"}");
            second.hears("{\"type\":\"welcome\"}");
            try (TestClient third = TestClient.dial(service.ticker()).connect()) {
                assertEquals(new TestClient.Closing(1013, "too many connections"), third.awaitClosing());
                assertEquals(List.of(), third.heard());
            }
            first.close(1000, "");
            first.awaitClosing();
            await("one session", () -> service.tickerplant().sessions().count() == 1);
            try (TestClient fourth = TestClient.dial(service.ticker()).connect()) {
                fourth.hears("{\"type\":\"welcome\"}");
                second.request("{\"type\":\"ping\",\"id\":1}");
            }
        }
    }

    @Test
    void everyPlaceIsGivenBackHoweverItsClientWent() throws Exception {
        Map<Setting, String> settings = new HashMap<>(
                Map.of(Setting.SESSION_LIMIT, "20", Setting.AUTH, "jwt", Setting.AUTH_KEY, Tokens.SECRET));
        settings.put(Setting.AUTH_TIMEOUT_MS, "60000");
        start(settings);
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 5; i++) {
                try (RawClient gone = new RawClient(service.port())) {
                    gone.upgrade("/ws/ticker");
                }
                try (RawClient refused = new RawClient(service.port())) {
                    refused.upgrade("/ws/ticker", "Origin: http://evil.example").rest();
                }
                try (RawClient senseless = new RawClient(service.port())) {
                    senseless.upgrade("/ws/ticker", "Sec-WebSocket-Version: 8").head();
                }
                try (TestClient failed = TestClient.dial(service.ticker()).connect()) {
                    failed.says("{\"type\":\"auth\",\"id\":1,\"token\":\"x\"}");
                    assertTrue(
                            List.of(4500, 1013).contains(failed.awaitClosing().code()));
                }
                try (TestClient bad = TestClient.dial(service.ticker())
                        .origin("http://127.0.0.1:" + service.port())
                        .header("Authorization", "Bearer x")
                        .connect()) {
                    assertEquals(4500, bad.awaitClosing().code());
                }
                try (RawClient bad = new RawClient(service.port())) {
                    bad.upgrade("/ws/ticker", "Authorization: Bearer x").rest();
                }
            }
            await("no session", () -> service.tickerplant().sessions().count() == 0);
        }
        List<TestClient> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TestClient client = TestClient.dial(service.ticker()).connect();
            all.add(client);
            client.hears("{\"type\":\"welcome\"}");
        }
        try (TestClient surplus = TestClient.dial(service.ticker()).connect()) {
            assertEquals(1013, surplus.awaitClosing().code());
        }
        all.forEach(TestClient::close);
    }
}
