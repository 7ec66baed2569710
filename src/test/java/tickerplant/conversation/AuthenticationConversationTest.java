package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.checker.Message;
import tickerplant.checker.TestClient;
import tickerplant.market.Clock;
import tickerplant.server.TestService;
import tickerplant.service.Setting;
import tickerplant.service.Tokens;

/** Who may come in, and what for: on a real service that asks for tokens, every message judged by the checker. */
class AuthenticationConversationTest extends TokenConversation {
    @Test
    void aTokenMayComeInTheHeader() throws IOException {
        try (TestClient client = client(dial -> dial.header("Authorization", "Bearer " + token()))) {
            client.hears("""
                {"type":"welcome","auth":"ok"}""");
            assertFollows(client);
        }
    }

    @Test
    void aTokenMayComeInTheAddress() throws IOException {
        try (TestClient client = client("?a=b&token=" + token(), dial -> {})) {
            client.hears("""
                {"type":"welcome","auth":"ok"}""");
            assertFollows(client);
        }
    }

    @Test
    void aTokenMayComeInTheFirstMessage() throws IOException {
        try (TestClient client = client()) {
            client.hears("""
                {"type":"welcome","auth":"required"}""");
            long expires = now() + 60;
            client.says(auth(1, token("exp", expires)));
            client.hears("{\"type\":\"authenticated\",\"id\":1,\"expires\":" + expires * 1_000 + "}");
            assertFollows(client);
        }
    }

    @Test
    void nobodyNeedsToWaitForTheAnswerBeforeHeAsks() throws IOException {
        try (TestClient client = client()) {
            client.says(auth(1, token()));
            client.says("""
                {"type":"subscribe","id":2,"channel":"ticker","symbols":["AAPL"]}""");
            client.hears("""
                {"type":"welcome"}""");
            client.hears("""
                {"type":"authenticated","id":1}""");
            client.hears("""
                {"type":"subscribed","id":2}""");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}",
                "{\"type\":\"unsubscribe\",\"id\":1,\"channel\":\"ticker\"}",
                "{\"type\":\"subscriptions\",\"id\":1}",
                "{\"type\":\"ping\",\"id\":1}"
            })
    void beforeThatNothingIsAnswered(String request) throws IOException {
        try (TestClient client = client()) {
            client.hears("""
                {"type":"welcome"}""");
            client.says(request);
            client.hears(
                    """
                {"type":"error","id":1,"code":401,"reason":"auth_required","retry":false}""");
            play.plays(trade("AAPL", 18_900, 100, 1));
            client.says(auth(2, token()));
            client.hears("""
                {"type":"authenticated","id":2}""");
            assertFollows(client);
        }
    }

    @Test
    void whoShowsNothingInTimeIsClosed() throws Exception {
        service.close();
        service = TestService.with(
                Map.of(Setting.AUTH, "jwt", Setting.AUTH_KEY, Tokens.SECRET, Setting.AUTH_TIMEOUT_MS, "300"),
                new Play(observatory, listed("AAPL", 18_800)).feed());
        try (TestClient silent = client();
                TestClient known = client(dial -> dial.header("Authorization", "Bearer " + token()))) {
            silent.request("""
                {"type":"ping","id":1}""");
            assertEquals(new TestClient.Closing(4501, "not authenticated in time"), silent.awaitClosing());
            known.request("""
                {"type":"ping","id":1}""");
        }
    }

    @Test
    void aChannelNeedsItsScope() throws IOException {
        try (TestClient client = client(dial -> dial.header("Authorization", "Bearer " + token("scope", "trades")))) {
            client.hears("""
                {"type":"welcome","auth":"ok"}""");
            client.says("""
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["AAPL"]}""");
            client.hears(
                    """
                {"type":"error","id":1,"code":403,"reason":"forbidden","field":"channel","retry":false,
                 "message":"this channel needs a token with the scope ticker"}""");
            client.says("""
                {"type":"subscribe","id":2,"channel":"trades","symbols":["AAPL"]}""");
            client.hears("""
                {"type":"subscribed","id":2,"symbols":["AAPL"],"total":1}""");
        }
    }

    @Test
    void symbolsOutsideTheTokenAreRejectedWhetherThereAreSuchOrNot() throws IOException {
        String token = token("symbols", List.of("AAPL", "MS*"));
        try (TestClient client = client(dial -> dial.header("Authorization", "Bearer " + token))) {
            client.hears("""
                {"type":"welcome"}""");
            client.says(
                    """
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["aapl","GOOG","*","MSF*","M*","A*"]}""");
            client.hears(
                    """
                {"type":"subscribed","id":1,"symbols":["AAPL","MSF*"],"total":2,"rejected":[
                 {"symbol":"GOOG","code":403,"reason":"forbidden"},{"symbol":"*","code":403,"reason":"forbidden"},
                 {"symbol":"M*","code":403,"reason":"forbidden"},{"symbol":"A*","code":403,"reason":"forbidden"}]}""");
        }
    }

    @Test
    void aNewTokenTakesThePlaceOfTheOldOne() throws IOException {
        try (TestClient client = client("?token=" + token("exp", now() + 3), dial -> {})) {
            client.hears("""
                {"type":"welcome","auth":"ok"}""");
            assertFollows(client);
            client.says(auth(1, token("scope", "ticker", "symbols", List.of("AAPL"))));
            client.hears("""
                {"type":"authenticated","id":1}""");
            client.says("""
                {"type":"subscribe","id":2,"channel":"ticker","symbols":["MSFT"]}""");
            client.hears(
                    """
                {"type":"subscribed","id":2,"symbols":[],"rejected":[{"symbol":"MSFT","reason":"forbidden"}]}""");
            play.plays(trade("AAPL", 18_900, 100, 1));
            client.hears("""
                {"type":"update","data":[{"symbol":"AAPL","seq":1}]}""");
        }
    }

    @Test
    void aNewTokenThatDoesNotCoverWhatAnAlertWatchesChangesNothing() throws IOException {
        try (TestClient client = client("?token=" + token(), dial -> {})) {
            client.hears("""
                {"type":"welcome"}""");
            client.says(
                    """
                {"type":"alert","id":1,"symbol":"AAPL","field":"last","op":"above","value":189}""");
            client.hears("""
                {"type":"alert_set","id":1,"alert":"a-1"}""");
            client.says(auth(2, token("symbols", List.of("MSFT"))));
            client.hears(
                    """
                {"type":"error","id":2,"code":403,"reason":"forbidden","field":"token","retry":false,
                 "message":"the new token does not cover what the alert a-1 watches; unalert it first"}""");
            client.says(auth(3, token("scope", "trades")));
            client.hears("""
                {"type":"error","id":3,"reason":"forbidden"}""");
            play.plays(trade("AAPL", 19_000, 100, 1));
            client.hears("""
                {"type":"alert","alert":"a-1","symbol":"AAPL","value":190}""");
            client.says(auth(4, token("symbols", List.of("MSFT"))));
            client.hears("""
                {"type":"authenticated","id":4}""");
        }
    }

    @Test
    void aNewTokenThatDoesNotCoverWhatIsFollowedChangesNothing() throws IOException {
        try (TestClient client = client("?token=" + token(), dial -> {})) {
            client.hears("""
                {"type":"welcome"}""");
            assertFollows(client);
            client.says(auth(1, token("scope", "trades")));
            client.hears(
                    """
                {"type":"error","id":1,"code":403,"reason":"forbidden","field":"token","retry":false,
                 "message":"the new token does not cover AAPL of ticker, which is followed; unsubscribe it first"}""");
            client.says(auth(2, token("symbols", List.of("MSFT"))));
            client.hears("""
                {"type":"error","id":2,"reason":"forbidden"}""");
            play.plays(trade("AAPL", 18_900, 100, 1));
            client.hears("""
                {"type":"update","data":[{"symbol":"AAPL","seq":1}]}""");
            client.says("""
                {"type":"unsubscribe","id":3,"channel":"ticker"}""");
            client.hears("""
                {"type":"unsubscribed","id":3}""");
            client.says(auth(4, token("scope", "trades")));
            client.hears("""
                {"type":"authenticated","id":4}""");
            client.says("""
                {"type":"subscribe","id":5,"channel":"ticker","symbols":["AAPL"]}""");
            client.hears("""
                {"type":"error","id":5,"reason":"forbidden"}""");
        }
    }

    @Test
    void whenATokenExpiresTheConnectionEndsAndNoRowComesAfter() throws IOException {
        long expires = now() + 2;
        try (TestClient client = client("?token=" + token("exp", expires), dial -> {})) {
            client.hears("""
                {"type":"welcome","auth":"ok"}""");
            assertFollows(client);
            assertEquals(new TestClient.Closing(4500, "the token has expired"), client.awaitClosing());
            assertTrue(Clock.SYSTEM.micros() / 1_000 - expires * 1_000 < 30_000);
            int heard = client.heard().size();
            play.plays(trade("AAPL", 18_900, 100, 1));
            // somebody else hears of it, so that it has gone round
            try (TestClient other = client("?token=" + token(), dial -> {})) {
                other.hears("""
                    {"type":"welcome"}""");
                assertFollows(other);
            }
            assertEquals(heard, client.heard().size());
        }
    }

    @Test
    void noTokenGetsIntoALogOrAnAnswer() throws IOException {
        List<String> logged = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage() + Arrays.toString(entry.getParameters()) + entry.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        Logger ours = Logger.getLogger("tickerplant");
        List<String> tokens = new ArrayList<>(bad());
        tokens.set(0, "a-token-that-nobody-knows");
        tokens.add(token());
        List<String> answers = new ArrayList<>();
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        ours.setLevel(Level.ALL);
        try {
            for (String token : tokens) {
                try (TestClient client = client()) {
                    answers.add(client.request(auth(1, token)).text());
                }
                if (token.length() < 4_000) {
                    for (String origin : List.of("Origin: http://127.0.0.1:" + service.port(), "X-Nothing: x")) {
                        answers.add(refused("/ws/ticker?token=" + token, origin));
                        answers.add(refused("/ws/ticker", origin + "\r\nAuthorization: Bearer " + token));
                    }
                }
            }
        } finally {
            ours.setLevel(null);
            root.removeHandler(handler);
        }
        assertTrue(logged.stream().anyMatch(line -> line.contains(" was refused, it is no JSON Web Token")));
        for (String token : tokens) {
            String signature = token.substring(token.lastIndexOf('.') + 1);
            for (String line : logged) {
                assertFalse(line.contains(token), line);
                assertFalse(signature.length() > 8 && line.contains(signature), line);
            }
            for (String answer : answers) {
                assertFalse(answer.contains(token), answer);
            }
        }
    }

    @Test
    void whereNoTokenIsAskedForOneIsTakenAllTheSame() throws Exception {
        service.close();
        service = TestService.with(new Play(observatory, listed("AAPL", 18_800)).feed());
        try (TestClient client = client("?token=whatever", dial -> dial.header("Authorization", "Bearer x"))) {
            client.hears("""
                {"type":"welcome","auth":"none"}""");
            Message answer = client.request(auth(1, "whatever"));
            assertEquals("{\"type\":\"authenticated\",\"id\":1}", answer.text());
            assertFollows(client);
        }
    }
}
