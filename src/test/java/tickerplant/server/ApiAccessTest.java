package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.feed.ScriptedFeed;
import tickerplant.market.Clock;
import tickerplant.service.Setting;
import tickerplant.service.Tokens;

/** What is answered over HTTP to whom, where tokens are asked for. */
class ApiAccessTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private TestService service;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        service = TestService.with(
                Map.of(Setting.AUTH, "jwt", Setting.AUTH_KEY, Tokens.SECRET),
                ScriptedFeed.live("test", listed("AAPL", 18_800), listed("MSFT", 40_000)));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http(path)).timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static String token(String scope, Object symbols) {
        return Tokens.of(Map.of("exp", Clock.SYSTEM.micros() / 1_000_000 + 60, "scope", scope, "symbols", symbols));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/ticker", "/api/v1/ticker?symbols=AAPL", "/api/v1/symbols", "/api/v1/symbols?q=a"})
    void withoutATokenNothingIsAnswered(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertEquals(401, answer.statusCode());
        assertEquals("Bearer", answer.headers().firstValue("WWW-Authenticate").orElseThrow());
        assertEquals(
                "application/json", answer.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(
                answer.body().startsWith("{\"type\":\"error\",\"code\":401,\"reason\":\"auth_required\","),
                answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."})
    void everyBadTokenIsAnsweredAlike(String token) throws Exception {
        for (HttpResponse<String> answer : List.of(
                get("/api/v1/ticker", "Authorization", "Bearer " + token), get("/api/v1/symbols?token=" + token))) {
            assertEquals(401, answer.statusCode());
            assertEquals(
                    "{\"type\":\"error\",\"code\":401,\"reason\":\"auth_failed\","
                            + "\"message\":\"the token was not accepted\",\"retry\":false}",
                    answer.body());
            assertEquals(
                    "Bearer error=\"invalid_token\"",
                    answer.headers().firstValue("WWW-Authenticate").orElseThrow());
        }
    }

    @Test
    void aTokenMayComeInTheHeaderOrTheAddress() throws Exception {
        String token = token("ticker", "*");
        assertEquals(
                200, get("/api/v1/ticker", "Authorization", "Bearer " + token).statusCode());
        assertEquals(200, get("/api/v1/ticker?symbols=AAPL&token=" + token).statusCode());
        assertEquals(200, get("/api/v1/symbols?token=" + token).statusCode());
    }

    @Test
    void pricesNeedTheScopeOfTheirChannel() throws Exception {
        HttpResponse<String> answer = get("/api/v1/ticker?token=" + token("trades", "*"));
        assertEquals(403, answer.statusCode());
        assertEquals(
                "{\"type\":\"error\",\"code\":403,\"reason\":\"forbidden\","
                        + "\"message\":\"this needs a token with the scope ticker\",\"retry\":false}",
                answer.body());
    }

    @Test
    void aHistoryNeedsTheScopeOfItsChannelAndItsSymbol() throws Exception {
        String token = "&token=" + token("trades", List.of("AAPL"));
        assertEquals(200, get("/api/v1/trades?symbol=AAPL" + token).statusCode());
        assertEquals(403, get("/api/v1/trades?symbol=MSFT" + token).statusCode());
        assertEquals(403, get("/api/v1/bars?interval=1m&symbol=AAPL" + token).statusCode());
        assertEquals(401, get("/api/v1/trades?symbol=AAPL").statusCode());
        assertEquals(401, get("/api/v1/bars?interval=1m&symbol=AAPL").statusCode());
    }

    @Test
    void symbolsOutsideTheTokenAreNotShown() throws Exception {
        String token = token("ticker", List.of("A*"));
        String all = get("/api/v1/ticker?token=" + token).body();
        assertTrue(all.contains("\"AAPL\""), all);
        assertFalse(all.contains("MSFT"), all);
        String named =
                get("/api/v1/ticker?symbols=AAPL,MSFT,GOOG,AXX&token=" + token).body();
        assertTrue(
                named.contains("\"rejected\":[{\"symbol\":\"MSFT\",\"code\":403,\"reason\":\"forbidden\"},"
                        + "{\"symbol\":\"GOOG\",\"code\":403,\"reason\":\"forbidden\"},"
                        + "{\"symbol\":\"AXX\",\"code\":404,\"reason\":\"unknown_symbol\"}]"),
                named);
    }

    @Test
    void whoAsksHowItIsNeedsNoToken() throws Exception {
        assertEquals(200, get("/health/live").statusCode());
        assertEquals(200, get("/health/ready").statusCode());
    }
}
