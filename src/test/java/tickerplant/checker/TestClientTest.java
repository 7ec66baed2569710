package tickerplant.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestClientTest {
    private static final int LAST = 128;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int A_MOMENT_MILLIS = 300;

    private static TestClient.Dial dial(TinyServer server, boolean raw) {
        TestClient.Dial dial = TestClient.dial(server.uri())
                .toAStandIn()
                .subprotocol("tickerplant.v1")
                .origin("http://localhost");
        return raw ? dial.raw() : dial;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theHandshakeCarriesWhatTheTestAsksFor(boolean raw) throws IOException {
        try (TinyServer server = new TinyServer(101);
                TestClient client = dial(server, raw).connect()) {
            assertEquals("tickerplant.v1", client.subprotocol());
            assertEquals("GET /ws/ticker?token=t HTTP/1.1", server.headers().get(0));
            assertTrue(
                    server.headers().contains("Origin: http://localhost"),
                    server.headers().toString());
            assertTrue(server.headers().contains("Sec-WebSocket-Protocol: tickerplant.v1"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusalTellsItsStatus(boolean raw) throws IOException {
        try (TinyServer server = new TinyServer(403)) {
            HandshakeRefused refused =
                    assertThrows(HandshakeRefused.class, () -> dial(server, raw).connect());
            assertEquals(403, refused.status());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void partsOfATextAreJoinedAndPingsAnsweredInBetween(boolean raw) throws IOException {
        try (TinyServer server = new TinyServer(101);
                TestClient client = dial(server, raw).connect()) {
            server.frame(TEXT, "{\"type\":\"go");
            server.frame(LAST | PING, "now");
            server.frame(CONTINUATION, "aw");
            server.frame(LAST | CONTINUATION, "ay\"}");
            client.hears("{\"type\":\"goaway\"}");
            TinyServer.Frame pong = server.read();
            assertEquals(PONG, pong.opcode());
            assertEquals("now", pong.payload());
            String big = "{\"type\":\"" + "x".repeat(100_000) + "\"}";
            server.frame(LAST | TEXT, big);
            client.hears(big);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void textAndBinaryGoOutMasked(boolean raw) throws IOException {
        try (TinyServer server = new TinyServer(101);
                TestClient client = dial(server, raw).connect()) {
            for (int length : List.of(0, 125, 126, 65_535, 65_536)) {
                client.says("y".repeat(length));
                TinyServer.Frame frame = server.read();
                assertEquals(TEXT, frame.opcode());
                assertTrue(frame.masked());
                assertEquals("y".repeat(length), frame.payload());
            }
            client.saysBinary(new byte[] {1, 2});
            TinyServer.Frame frame = server.read();
            assertEquals(BINARY, frame.opcode());
            assertEquals("\u0001\u0002", frame.payload());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theServersCloseIsHeardAndAnswered(boolean raw) throws IOException {
        try (TinyServer server = new TinyServer(101);
                TestClient client = dial(server, raw).connect()) {
            byte[] reason = "slow".getBytes(StandardCharsets.UTF_8);
            server.frame(LAST | CLOSE, new byte[] {4000 >> 8, (byte) 4000, reason[0], reason[1], reason[2], reason[3]});
            assertEquals(new TestClient.Closing(4000, "slow"), client.awaitClosing());
            assertEquals(CLOSE, server.read().opcode());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionCutIsAViolationAndEndsEveryWait(boolean raw) throws IOException {
        Checker checker = new Observatory().checker("cut");
        try (TinyServer server = new TinyServer(101);
                TestClient client = dial(server, raw).checkedBy(checker).connect()) {
            server.headers();
            server.hangUp();
            assertEquals(1006, client.awaitClosing().code());
            assertThrows(AssertionError.class, () -> client.hears("{\"type\":\"welcome\"}"));
            assertEquals(
                    List.of(Assertion.LEGAL_CLOSE),
                    checker.violations().stream().map(Violation::assertion).toList());
        }
    }

    @Test
    void aStalledRawClientAnswersNoPingUntilItReadsAgain() throws IOException {
        try (TinyServer server = new TinyServer(101);
                TestClient client = dial(server, true).receiveBuffer(4096).connect()) {
            client.stopReading();
            server.frame(LAST | TEXT, "{\"type\":\"goaway\"}");
            server.frame(LAST | PING, "there?");
            assertThrows(SocketTimeoutException.class, () -> server.read(A_MOMENT_MILLIS));
            assertEquals(List.of(), client.heard());
            client.resumeReading();
            client.hears("{\"type\":\"goaway\"}");
            assertEquals("there?", server.read().payload());
        }
    }

    @Test
    void aJdkClientThatStoppedReadingHearsNothingMoreUntilItReadsAgain() throws IOException {
        try (TinyServer server = new TinyServer(101);
                TestClient client = dial(server, false).connect()) {
            client.stopReading();
            for (int i = 0; i < 10; i++) {
                server.frame(LAST | TEXT, "{\"type\":\"m" + i + "\"}");
            }
            assertThrows(SocketTimeoutException.class, () -> server.read(A_MOMENT_MILLIS));
            // One message had been requested before.
            assertTrue(client.heard().size() <= 1, client.heard().toString());
            client.resumeReading();
            for (int i = 0; i < 10; i++) {
                client.hears("{\"type\":\"m" + i + "\"}");
            }
        }
    }

    @Test
    void aRequestIsMatchedWithItsReply() throws Exception {
        Checker checker = new Observatory().checker("client");
        try (TinyServer server = new TinyServer(101);
                TestClient client = dial(server, true).checkedBy(checker).connect()) {
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> answer(server));
            Message pong = client.request("{\"type\":\"ping\",\"id\":7}");
            assertEquals("pong", pong.type());
            answering.join();
            client.hears("{\"type\":\"flow\",\"level\":\"full\"}");
            assertThrows(AssertionError.class, () -> client.hears("{\"type\":\"goaway\"}"));
            assertTrue(checker.violations().stream().anyMatch(v -> v.assertion() == Assertion.ONE_REPLY));
        }
    }

    private static void answer(TinyServer server) {
        try {
            assertEquals("{\"type\":\"ping\",\"id\":7}", server.read().payload());
            server.frame(LAST | TEXT, "{\"type\":\"pong\",\"id\":6,\"server_ts\":1}");
            server.frame(LAST | TEXT, "{\"type\":\"pong\",\"id\":7,\"server_ts\":1}");
            server.frame(LAST | TEXT, "{\"type\":\"heartbeat\",\"ts\":1,\"feed\":\"live\"}");
            server.frame(LAST | TEXT, "{\"type\":\"flow\",\"level\":\"full\"}");
            server.frame(LAST | TEXT, "{\"type\":\"flow\",\"level\":\"paused\"}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aMutantSpoilsWhatIsHeardAndJudged() throws IOException {
        Checker checker = new Observatory().checker("client");
        try (TinyServer server = new TinyServer(101);
                TestClient client = dial(server, false)
                        .checkedBy(checker)
                        .spoiledBy(Mutation.REPEATS_A_KEY.mutant(1))
                        .connect()) {
            server.frame(LAST | TEXT, "{\"type\":\"goaway\",\"reason\":\"shutdown\",\"reconnect_ms\":1}");
            Message heard = client.await("anything", message -> true);
            assertTrue(heard.text().startsWith("{\"type\":\"update\",\"type\":\"goaway\""));
            assertTrue(checker.violations().stream().anyMatch(v -> v.text().contains("comes twice")));
        }
    }
}
