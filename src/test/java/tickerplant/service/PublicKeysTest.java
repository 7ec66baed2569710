package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.market.FixedClock;

class PublicKeysTest {
    private static final long NOW = 1_767_225_600L;
    private static final Map<String, Object> CLAIMS = Map.of("sub", "alice", "exp", NOW + 60, "scope", "*");

    private static RSAKey rsa;
    private static RSAKey newer;
    private static ECKey p256;
    private static ECKey p384;

    private final FixedClock clock = FixedClock.at(NOW * 1_000_000);
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile String served = "";
    private volatile int status = 200;
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("one").generate();
        newer = new RSAKeyGenerator(2048).keyID("two").generate();
        p256 = new ECKeyGenerator(Curve.P_256).keyID("p256").generate();
        p384 = new ECKeyGenerator(Curve.P_384).keyID("p384").generate();
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            byte[] body = served.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        served = new JWKSet(List.of(rsa, p256, p384)).toString();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    private Authenticator by(String where) {
        Settings settings = Settings.of(Map.of(Setting.AUTH_JWKS, List.of(where)));
        return JwtAuthenticator.with(PublicKeys.of(settings), new Claims(clock, "", ""));
    }

    private static String token(RSAKey key, String algorithm) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                .keyID(key.getKeyID())
                .build();
        return Tokens.signed(header, CLAIMS, new RSASSASigner(key));
    }

    private static String token(ECKey key, String algorithm) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                .keyID(key.getKeyID())
                .build();
        return Tokens.signed(header, CLAIMS, new ECDSASigner(key));
    }

    private static void assertAccepts(Authenticator authenticator, String token) throws TokenRefused {
        assertEquals("alice", authenticator.authenticate(token).subject());
    }

    private static boolean refuses(Authenticator authenticator, String token) {
        TokenRefused refused = assertThrows(TokenRefused.class, () -> authenticator.authenticate(token));
        return !refused.isPassing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void aTokenOfAnRsaKeyIsAccepted(String algorithm) throws Exception {
        try (Authenticator authenticator = by(url())) {
            assertAccepts(authenticator, token(rsa, algorithm));
            assertTrue(refuses(
                    authenticator, token(new RSAKeyGenerator(2048).keyID("one").generate(), algorithm)));
        }
    }

    @Test
    void aTokenOfAnEllipticKeyIsAccepted() throws Exception {
        try (Authenticator authenticator = by(url())) {
            assertAccepts(authenticator, token(p256, "ES256"));
            assertAccepts(authenticator, token(p384, "ES384"));
            ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("p256").generate();
            assertTrue(refuses(authenticator, token(foreign, "ES256")));
        }
    }

    @Test
    void aPublicKeyCannotBeUsedAsASecret() throws Exception {
        try (Authenticator authenticator = by(url())) {
            for (byte[] known : List.of(
                    rsa.toRSAPublicKey().getEncoded(),
                    rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
                JWSHeader header =
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build();
                assertTrue(refuses(authenticator, Tokens.signed(header, CLAIMS, new MACSigner(known))));
            }
        }
    }

    @Test
    void aTokenCannotBringItsOwnKey() throws Exception {
        RSAKey own = new RSAKeyGenerator(2048).keyID("one").generate();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("one")
                .jwk(own.toPublicJWK())
                .jwkURL(java.net.URI.create(url() + "/own"))
                .build();
        try (Authenticator authenticator = by(url())) {
            assertTrue(refuses(authenticator, Tokens.signed(header, CLAIMS, new RSASSASigner(own))));
        }
    }

    @Test
    void aKeyThatIsNewIsFetchedWhenATokenNamesIt() throws Exception {
        try (Authenticator authenticator = by(url())) {
            authenticator.prepare();
            assertEquals(1, fetches.get());
            served = new JWKSet(List.of(rsa, newer)).toString();
            assertAccepts(authenticator, token(newer, "RS256"));
            assertEquals(2, fetches.get());
        }
    }

    @Test
    void unknownKeysDoNotMakeItFetchForEachToken() throws Exception {
        try (Authenticator authenticator = by(url())) {
            authenticator.prepare();
            for (int i = 0; i < 100; i++) {
                assertTrue(refuses(authenticator, token(newer, "RS256")));
            }
            assertAccepts(authenticator, token(rsa, "RS256"));
            assertTrue(fetches.get() <= 3, fetches + " fetches");
        }
    }

    @Test
    void whileTheKeysCannotBeFetchedThoseThatAreThereAreUsed() throws Exception {
        try (Authenticator authenticator = by(url())) {
            authenticator.prepare();
            status = 500;
            assertThrows(TokenRefused.class, () -> authenticator.authenticate(token(newer, "RS256")));
            assertAccepts(authenticator, token(rsa, "RS256"));
        }
    }

    @Test
    void beforeTheKeysWereFetchedATokenIsRefusedForNow() throws Exception {
        status = 500;
        try (Authenticator authenticator = by(url())) {
            authenticator.prepare();
            assertFalse(refuses(authenticator, token(rsa, "RS256")));
            assertFalse(refuses(authenticator, token(rsa, "RS256")));
        }
    }

    @Test
    void theKeysMayStandInAFileAndChangeThere() throws Exception {
        Path file = Files.writeString(folder.resolve("keys.json"), new JWKSet(rsa.toPublicJWK()).toString());
        try (Authenticator authenticator = by(file.toString())) {
            assertAccepts(authenticator, token(rsa, "RS256"));
            Files.writeString(file, new JWKSet(newer.toPublicJWK()).toString());
            assertAccepts(authenticator, token(newer, "RS256"));
            assertTrue(refuses(authenticator, token(rsa, "RS256")));
        }
    }

    @Test
    void aFileThatHoldsNoKeysIsNamedAtTheStart() throws IOException {
        for (Path file : List.of(folder.resolve("none"), Files.writeString(folder.resolve("bad"), "{}"))) {
            assertEquals(
                    "auth.jwks=" + file
                            + " from --auth-jwks, expected a readable file with a JSON Web Key Set, or a URL",
                    assertThrows(SettingsException.class, () -> by(file.toString()))
                            .getMessage());
        }
    }
}
