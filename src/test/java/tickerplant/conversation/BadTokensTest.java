package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tickerplant.checker.TestClient;
import tickerplant.client.FeedClient;
import tickerplant.market.Clock;
import tickerplant.server.RawClient;
import tickerplant.server.TestService;
import tickerplant.service.Obstacle;
import tickerplant.service.Setting;

/** Tokens that are none, in every place where one may stand. */
class BadTokensTest extends TokenConversation {
    @Test
    void everyBadTokenInAMessageIsAnsweredAlikeAndEndsTheConnection() throws IOException {
        List<String> answers = new ArrayList<>();
        for (String token : bad()) {
            try (TestClient client = client()) {
                answers.add(client.request(auth(1, token)).text());
                assertEquals(new TestClient.Closing(4500, "authentication failed"), client.awaitClosing());
            }
        }
        assertEquals(
                Collections.nCopies(
                        bad().size(),
                        "{\"type\":\"error\",\"id\":1,\"code\":401,\"reason\":\"auth_failed\","
                                + "\"message\":\"the token was not accepted\",\"retry\":false}"),
                answers);
    }

    @Test
    void everyBadTokenInAHandshakeOfAPageIsClosedBeforeAnythingIsSaid() throws IOException {
        String own = "http://127.0.0.1:" + service.port();
        for (String token : badInAHandshake()) {
            for (TestClient client : List.of(
                    client(dial -> dial.origin(own).header("Authorization", "Bearer " + token)),
                    client("?token=" + token, dial -> dial.origin(own)))) {
                try (client) {
                    assertEquals(new TestClient.Closing(4500, "authentication failed"), client.awaitClosing());
                    assertEquals(List.of(), client.heard());
                }
            }
        }
    }

    @Test
    void everyBadTokenInAHandshakeOfAProgramIsRefusedBeforeTheUpgrade() throws IOException {
        List<String> answers = new ArrayList<>();
        for (String token : badInAHandshake()) {
            for (String path : List.of("/ws/ticker", "/ws/feed")) {
                answers.add(refused(path, "Authorization: Bearer " + token));
                answers.add(refused(path + "?token=" + token, "X-Nothing: x"));
                answers.add(refused(path + "?token=" + token(), "Authorization: Bearer " + token));
            }
        }
        assertEquals(1, answers.stream().distinct().count(), answers.toString());
        String answer = answers.get(0);
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertTrue(answer.contains("\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\n"), answer);
        assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
        assertEquals(0, service.tickerplant().sessions().count());
        assertEquals(
                answers.size(),
                service.tickerplant().sessions().reception().refused(Obstacle.TOKEN),
                "each is counted");
    }

    @Test
    void aPublisherWhoseTokenIsRefusedDoesNotTryAgain() throws Exception {
        String event = "{\"symbol\":\"AAPL\",\"price\":1,\"size\":1}";
        try (FeedClient publisher =
                new FeedClient(service.feed(), Optional.of(token("exp", now() - 1)), "desk", Clock.SYSTEM)) {
            IOException gaveUp = assertThrows(IOException.class, () -> {
                publisher.publish(List.of(event));
                publisher.finish();
            });
            assertEquals("the service refused the connection with 401", gaveUp.getMessage());
        }
    }

    @Test
    void aHundredKilobytesAreNoTokenEither() throws Exception {
        service.close();
        Map<Setting, String> settings = new HashMap<>(WITH_TOKENS);
        settings.put(Setting.MESSAGE_BYTES, "262144");
        service = TestService.with(settings, new Play(observatory, listed("AAPL", 18_800)).feed());
        try (TestClient client = client()) {
            client.request(auth(1, "a".repeat(100_000)));
            assertEquals(4500, client.awaitClosing().code());
        }
    }

    @Test
    void aHundredKilobytesInAHandshakeAreNotEvenReadToTheirEnd() throws IOException {
        String token = "a".repeat(100_000);
        try (RawClient header = new RawClient(service.port());
                RawClient address = new RawClient(service.port())) {
            for (RawClient client : List.of(
                    header.upgrade("/ws/ticker", "Authorization: Bearer " + token),
                    address.upgrade("/ws/ticker?token=" + token))) {
                String refused = client.head();
                assertTrue(refused.startsWith("HTTP/1.1 431 "), refused);
            }
        }
        assertEquals(0, service.tickerplant().sessions().count());
    }

    @Test
    void aTokenThatIsNoStringIsAMistakeAndNoAttempt() throws IOException {
        try (TestClient client = client()) {
            for (String token : List.of("7", "null", "{}", "[\"x\"]")) {
                String answer = client.request("{\"type\":\"auth\",\"id\":1,\"token\":" + token + "}")
                        .text();
                assertTrue(
                        answer.contains("\"reason\":\"invalid_field\",\"message\":\"token must be a string\""), answer);
            }
            client.request(auth(2, token()));
            assertFollows(client);
        }
    }

    @Test
    void aBadNewTokenEndsTheConnectionAlthoughTheOldOneWasGood() throws IOException {
        try (TestClient client = client("?token=" + token(), dial -> {})) {
            client.request(auth(1, "worse"));
            assertEquals(4500, client.awaitClosing().code());
        }
    }
}
