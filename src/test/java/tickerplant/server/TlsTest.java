package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.feed.ScriptedFeed;
import tickerplant.market.Events;
import tickerplant.service.Setting;
import tickerplant.service.Settings;
import tickerplant.service.SettingsException;

/** TLS by the embedded server, with certificates made for the test, and clients that know no other. */
@Timeout(60)
class TlsTest {
    private static final String PASSWORD = "no secret at all";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeKeys() throws Exception {
        make("EC", "ec");
        make("RSA", "rsa");
    }

    /** A key store with a key and a certificate for the loopback address, and the same two as PEM. */
    private static void make(String algorithm, String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "one",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate("one").getEncoded());
        pem(
                name + ".key",
                "PRIVATE KEY",
                keys.getKey("one", PASSWORD.toCharArray()).getEncoded());
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    }

    private static void pem(String file, String what, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                folder.resolve(file), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private static String path(String file) {
        return folder.resolve(file).toString();
    }

    private static Map<Setting, String> pems(String name) {
        return Map.of(Setting.TLS_CERT, path(name + ".crt"), Setting.TLS_KEY, path(name + ".key"));
    }

    private static TestService service(Map<Setting, String> settings) throws Exception {
        return TestService.with(
                settings, ScriptedFeed.live("test", Events.listed("ACME", 100)).waits());
    }

    private static SSLContext trusting(String name) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), PASSWORD.toCharArray()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** The first message of a connection over {@code wss}, and the page's neighbour over {@code https}. */
    private static String welcome(TestService service, String trusted) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(trusted)).build();
        URI live = service.http("/health/live");
        assertEquals("https", live.getScheme());
        assertEquals(
                200,
                client.send(HttpRequest.newBuilder(live).build(), BodyHandlers.ofString())
                        .statusCode());
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        assertEquals("wss", service.ticker().getScheme());
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(service.ticker(), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        heard.add(text.toString());
                        from.request(1);
                        return null;
                    }
                })
                .join();
        try {
            String first = heard.poll(10, TimeUnit.SECONDS);
            assertTrue(first != null, "nothing was heard");
            return first;
        } finally {
            socket.abort();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec", "rsa"})
    void aCertificateAndItsKeyMayComeAsPem(String name) throws Exception {
        try (TestService service = service(pems(name))) {
            assertTrue(welcome(service, name).startsWith("{\"type\":\"welcome\""));
        }
    }

    @Test
    void theyMayComeInAKeyStoreWhosePasswordIsInAFile() throws Exception {
        Map<Setting, String> store =
                Map.of(Setting.TLS_KEYSTORE, path("ec.p12"), Setting.TLS_KEYSTORE_PASSWORD, "file:" + path("password"));
        try (TestService service = service(store)) {
            assertTrue(welcome(service, "ec").startsWith("{\"type\":\"welcome\""));
        }
    }

    @Test
    void whoTrustsAnotherCertificateDoesNotConnect() throws Exception {
        try (TestService service = service(pems("ec"))) {
            assertThrows(SSLHandshakeException.class, () -> welcome(service, "rsa"));
        }
    }

    @Test
    void whoSpeaksNoTlsGetsNothing() throws Exception {
        try (TestService service = service(pems("ec"));
                RawClient client = new RawClient(service.port())) {
            String answer;
            try {
                answer = client.upgrade("/ws/ticker").rest();
            } catch (IOException e) {
                answer = "";
            }
            assertFalse(answer.contains("HTTP/"), answer);
            assertEquals(0, service.tickerplant().sessions().count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void anOldVersionIsNotSpoken(String version) throws Exception {
        try (TestService service = service(pems("ec"));
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), service.port());
                SSLSocket socket = (SSLSocket)
                        trusting("ec").getSocketFactory().createSocket(plain, "localhost", service.port(), true)) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {version});
            assertThrows(IOException.class, socket::startHandshake);
        }
    }

    @Test
    void theGuardStandsBehindTlsToo() throws Exception {
        try (TestService service = service(pems("ec"));
                SSLSocket socket = (SSLSocket) trusting("ec")
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /ws/ticker HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[12];
            assertEquals(answer.length, socket.getInputStream().readNBytes(answer, 0, answer.length));
            assertEquals("HTTP/1.1 400", new String(answer, StandardCharsets.US_ASCII));
        }
    }

    private static String complaint(Map<Setting, List<String>> given) {
        return assertThrows(SettingsException.class, Settings.of(given)::tls).getMessage();
    }

    @Test
    void whatIsWrongIsSaidByItsName() throws Exception {
        Files.writeString(folder.resolve("empty"), "");
        List<String> certificate = List.of(path("ec.crt"));
        List<String> key = List.of(path("ec.key"));
        List<String> store = List.of(path("ec.p12"));
        assertTrue(complaint(Map.of(Setting.TLS_CERT, certificate)).contains("tls.key"));
        assertTrue(complaint(Map.of(Setting.TLS_KEY, key)).contains("tls.cert"));
        for (String bad : List.of("missing", "empty", "ec.key")) {
            String said = complaint(Map.of(Setting.TLS_CERT, List.of(path(bad)), Setting.TLS_KEY, key));
            assertTrue(said.contains("tls.cert") && said.contains("certificates in PEM"), said);
        }
        for (String bad : List.of("missing", "empty", "ec.crt", "rsa.key")) {
            String said = complaint(Map.of(Setting.TLS_CERT, certificate, Setting.TLS_KEY, List.of(path(bad))));
            assertTrue(said.contains("tls.key") && said.contains("PKCS #8"), said);
        }
        assertTrue(
                complaint(Map.of(Setting.TLS_KEYSTORE, store, Setting.TLS_KEYSTORE_PASSWORD, List.of("wrong password")))
                        .contains("tls.keystore"));
        assertTrue(complaint(Map.of(Setting.TLS_KEYSTORE, store, Setting.TLS_CERT, certificate))
                .contains("either this"));
        assertFalse(complaint(Map.of(Setting.TLS_KEYSTORE, store, Setting.TLS_KEYSTORE_PASSWORD, List.of("hush-hush")))
                .contains("hush-hush"));
    }
}
