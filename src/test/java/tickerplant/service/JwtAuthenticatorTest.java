package tickerplant.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.market.FixedClock;
import tickerplant.session.Pattern;
import tickerplant.session.Rights;

class JwtAuthenticatorTest {
    private static final long NOW = 1_767_225_600L;

    private final FixedClock clock = FixedClock.at(NOW * 1_000_000);
    private final Authenticator authenticator = authenticator("", "");

    private Authenticator authenticator(String issuer, String audience) {
        return JwtAuthenticator.with(Tokens.SECRET.getBytes(UTF_8), new Claims(clock, issuer, audience));
    }

    private static Map<String, Object> claims(Object... more) {
        Map<String, Object> claims = new HashMap<>(Map.of("sub", "alice", "exp", NOW + 60, "scope", "ticker trades"));
        for (int i = 0; i < more.length; i += 2) {
            claims.put((String) more[i], more[i + 1]);
        }
        return claims;
    }

    private static String why(Authenticator by, String token) {
        TokenRefused refused = assertThrows(TokenRefused.class, () -> by.authenticate(token));
        assertFalse(refused.isPassing());
        return refused.getMessage();
    }

    private String why(String token) {
        return why(authenticator, token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void aTokenOfOursIsAccepted(String algorithm) throws TokenRefused {
        Grant grant = authenticator.authenticate(Tokens.with(Tokens.SECRET, JWSAlgorithm.parse(algorithm), claims()));
        assertEquals(
                new Grant(
                        "alice", new Rights(Set.of("ticker", "trades"), List.of(new Pattern("*"))), (NOW + 60) * 1_000),
                grant);
    }

    @Test
    void scopesAndSymbolsMayBeLists() throws TokenRefused {
        Rights rights = authenticator
                .authenticate(Tokens.of(
                        claims("scope", "ticker", "scopes", List.of("feed"), "symbols", List.of("aapl", "BRK*"))))
                .rights();
        assertEquals(new Rights(Set.of("ticker", "feed"), List.of(new Pattern("AAPL"), new Pattern("BRK*"))), rights);
    }

    @Test
    void withoutAScopeNothingIsAllowedAndWithoutSymbolsNothingIsCovered() throws TokenRefused {
        Rights rights = authenticator
                .authenticate(Tokens.of(claims("scope", "", "symbols", List.of())))
                .rights();
        assertEquals(Rights.NONE, rights);
    }

    @Test
    void anAccessTokenMaySayThatItIsOne() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID("a key that the secret has no name for")
                .build();
        String token = Tokens.signed(header, claims(), new MACSigner(Tokens.SECRET));
        assertEquals("alice", authenticator.authenticate(token).subject());
    }

    @ParameterizedTest
    @CsvSource({
        "exp, 0, it has expired",
        "exp, -1, it has expired",
        "nbf, 31, it does not hold yet",
        "iat, 31, it does not hold yet"
    })
    void aTokenOutOfItsTimeIsRefused(String claim, long seconds, String why) {
        assertEquals(why, why(Tokens.of(claims(claim, NOW + seconds))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nbf", "iat"})
    void aClockMayBeAheadByHalfAMinute(String claim) throws TokenRefused {
        assertEquals(
                "alice",
                authenticator.authenticate(Tokens.of(claims(claim, NOW + 30))).subject());
    }

    @Test
    void aTokenWithoutAnEndIsRefused() {
        Map<String, Object> claims = claims();
        claims.remove("exp");
        assertEquals("it has no exp", why(Tokens.of(claims)));
    }

    @Test
    void anEndBeyondAllNumbersIsRefusedAndNotWrappedAround() {
        for (Object exp : List.of("soon", Map.of(), true, -1, Long.MAX_VALUE, Long.MIN_VALUE)) {
            why(Tokens.of(claims("exp", exp)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope", "scopes", "symbols"})
    void aClaimOfAnotherKindIsRefused(String claim) {
        assertEquals("its " + claim + " is neither a string nor a list of strings", why(Tokens.of(claims(claim, 7))));
        why(Tokens.of(claims(claim, List.of(7))));
    }

    @Test
    void aSymbolThatCanBeNoneIsRefused() {
        assertTrue(why(Tokens.of(claims("symbols", List.of("A*B")))).startsWith("an entry of its symbols is not "));
    }

    @Test
    void issuerAndAudienceMustBeThoseThatAreAskedFor() throws TokenRefused {
        Authenticator strict = authenticator("us", "ticker");
        Map<String, Object> right = claims("iss", "us", "aud", List.of("other", "ticker"));
        assertEquals("alice", strict.authenticate(Tokens.of(right)).subject());
        assertEquals("another issuer made it", why(strict, Tokens.of(claims("aud", "ticker"))));
        assertEquals("another issuer made it", why(strict, Tokens.of(claims("iss", "them", "aud", "ticker"))));
        assertEquals("it is meant for another audience", why(strict, Tokens.of(claims("iss", "us"))));
        assertEquals("it is meant for another audience", why(strict, Tokens.of(claims("iss", "us", "aud", "x"))));
    }

    @Test
    void aTokenOfAnotherSecretIsRefused() {
        String foreign = Tokens.with(Tokens.SECRET + "!", JWSAlgorithm.HS256, claims());
        assertEquals("no key of ours verifies it", why(foreign));
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        String[] parts = Tokens.of(claims()).split("\\.", -1);
        String[] other = Tokens.of(claims("sub", "mallory")).split("\\.", -1);
        assertEquals("no key of ours verifies it", why(parts[0] + "." + other[1] + "." + parts[2]));
        assertEquals("no key of ours verifies it", why(parts[0] + "." + parts[1] + ".AAAA"));
        assertEquals("no key of ours verifies it", why(other[0] + "." + other[1] + "." + parts[2]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"None\"}",
                "{\"alg\":\"\"}",
                "{\"alg\":\"HS1\"}",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":7}",
                "{}",
                "{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}",
                "{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}",
                "{\"alg\":\"dir\",\"enc\":\"A128GCM\"}",
                "not json"
            })
    void aHeaderThatIsNotOursIsRefused(String header) {
        String[] parts = Tokens.of(claims()).split("\\.", -1);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8));
        why(text + "." + parts[1] + "." + parts[2]);
        why(text + "." + parts[1] + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "...", "a", "a.b.c", "a.b.c.d.e", "Bearer x", "\u0000", "\uD800", "💶.💶.💶"})
    void whatIsNoTokenIsRefused(String token) {
        assertEquals("it is no JSON Web Token", why(token));
    }

    @Test
    void whatIsTooLongOrTooDeepIsRefusedQuickly() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertEquals("it is longer than 8192 characters", why("a".repeat(100_000)));
            String deep = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("[".repeat(5_000).getBytes(UTF_8));
            why(deep + "." + deep + "." + deep);
            why("{".repeat(8_000));
        });
    }

    @Test
    void whyATokenWasRefusedSaysNothingOfTheToken() {
        String token = Tokens.of(claims("iss", "mallory", "exp", NOW - 1));
        String why = why(authenticator("us", ""), token) + why("x" + token) + why(token.substring(9));
        for (String part : List.of(token.split("\\.", -1))) {
            assertFalse(why.contains(part), why);
        }
        assertFalse(why.contains("mallory"), why);
    }
}
