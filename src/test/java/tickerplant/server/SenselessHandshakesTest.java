package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.feed.ScriptedFeed;
import tickerplant.market.Events;
import tickerplant.service.Setting;

/** What a client may do wrong before it has a session, on the real service: the status it gets, and that others don't notice. */
@Timeout(60)
class SenselessHandshakesTest {
    private static final String GET = "GET /ws/ticker HTTP/1.1";
    private static final String HOST = "Host: localhost";
    private static final String CONNECTION = "Connection: Upgrade";
    private static final String UPGRADE = "Upgrade: websocket";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final String VERSION = "Sec-WebSocket-Version: 13";

    private static TestService service;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        service = TestService.with(
                Map.of(Setting.ECHO, "true"),
                ScriptedFeed.live("test", Events.listed("AAPL", 18_800)).waits());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void nobodyHasGotASessionAndTheServiceIsUp() throws IOException {
        await(
                "no session and no connection",
                () -> service.tickerplant().sessions().count() == 0 && service.connections() == 0);
        try (RawClient client = new RawClient(service.port())) {
            assertTrue(client.upgrade("/ws/ticker").head().startsWith("HTTP/1.1 101 "));
            assertTrue(client.next().text().startsWith("{\"type\":\"welcome\""));
        }
    }

    /** Says the lines, and makes sure that the answer is whole, and the last thing on the connection. */
    private static String refused(int status, String... lines) throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            return assertRefused(status, client.say(lines).rest());
        }
    }

    private static String assertRefused(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.contains("Connection: close\r\n"), answer);
        String[] parts = answer.split("\r\n\r\n", 2);
        assertTrue(parts[0].contains("Content-Length: " + parts[1].length()), answer);
        return answer;
    }

    @Test
    void aKeyIsNeeded() throws IOException {
        assertTrue(refused(400, GET, HOST, CONNECTION, UPGRADE, VERSION).contains("Sec-WebSocket-Key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2hvcnQ=",
                "!!!not-base64!!!",
                "",
                "dGhlIHNhbXBsZSBub25jZQ",
                "dGhlIHNhbXBsZSBub25jZTE=",
                "dGhl*HNhbXBsZSBub25jZQ=="
            })
    void aKeyHasSixteenBytesInBase64(String key) throws IOException {
        refused(400, GET, HOST, CONNECTION, UPGRADE, VERSION, "Sec-WebSocket-Key: " + key);
    }

    @Test
    void twoKeysAreNone() throws IOException {
        refused(400, GET, HOST, CONNECTION, UPGRADE, VERSION, KEY, "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
        refused(400, GET, HOST, CONNECTION, UPGRADE, VERSION, KEY, KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "99", "13x", "", "13, 8"})
    void anotherVersionIsToldTheRightOne(String version) throws IOException {
        String answer = refused(426, GET, HOST, CONNECTION, UPGRADE, KEY, "Sec-WebSocket-Version: " + version);
        assertTrue(answer.contains("\r\nSec-WebSocket-Version: 13\r\n"), answer);
    }

    @Test
    void aVersionIsNeeded() throws IOException {
        refused(426, GET, HOST, CONNECTION, UPGRADE, KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "HEAD", "FOO"})
    void onlyAGetIsAHandshake(String method) throws IOException {
        String answer = refused(405, method + " /ws/ticker HTTP/1.1", HOST, CONNECTION, UPGRADE, KEY, VERSION);
        assertTrue(answer.contains("\r\nAllow: GET\r\n"), answer);
    }

    @Test
    void aHandshakeHasNoBody() throws IOException {
        refused(400, GET, HOST, CONNECTION, UPGRADE, KEY, VERSION, "Content-Length: 1");
    }

    @Test
    void theOldProtocolCannotUpgrade() throws IOException {
        refused(400, "GET /ws/ticker HTTP/1.0", HOST, CONNECTION, UPGRADE, KEY, VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/0.9"})
    void aProtocolOfAnotherKindIsNotSpoken(String protocol) throws IOException {
        refused(505, "GET /ws/ticker " + protocol, HOST, CONNECTION, UPGRADE, KEY, VERSION);
    }

    @Test
    void withoutUpgradeThereIsNoSocket() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            String head = client.say(GET, HOST, CONNECTION, KEY, VERSION).head();
            assertTrue(head.startsWith("HTTP/1.1 400 "), head);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket, h2c", "h2c, websocket"})
    void upgradeNamesNothingElse(String upgrade) throws IOException {
        refused(400, GET, HOST, CONNECTION, "Upgrade: " + upgrade, KEY, VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Nothing: here", "Connection: close", "Connection: keep-alive", "Connection: Upgraded"})
    void connectionHasToNameUpgrade(String instead) throws IOException {
        refused(400, GET, HOST, instead, UPGRADE, KEY, VERSION);
    }

    @Test
    void oneHostIsNeeded() throws IOException {
        refused(400, GET, CONNECTION, UPGRADE, KEY, VERSION);
        refused(400, GET, HOST, "Host: evil.example", CONNECTION, UPGRADE, KEY, VERSION);
        refused(400, GET, "Host: a b", CONNECTION, UPGRADE, KEY, VERSION);
    }

    @Test
    void aNulInAHeaderIsRefused() throws IOException {
        refused(400, GET, HOST, CONNECTION, UPGRADE, KEY, VERSION, "X-A: a\0b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A : b", "X-A\t: b", " X-A: b", "X A: b", ": b", "X-A", "X-A: a\u0001b"})
    void aHeaderIsANameAColonRightAfterItAndAValue(String header) throws IOException {
        refused(400, GET, HOST, CONNECTION, UPGRADE, KEY, VERSION, header);
    }

    @Test
    void aLineThatEndsOtherwiseIsRefused() throws IOException {
        refused(400, GET, HOST + "\n" + CONNECTION, UPGRADE, KEY, VERSION);
        refused(400, GET, HOST + "\r" + CONNECTION, UPGRADE, KEY, VERSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\1\2garbage",
                "garbage",
                "GET  /ws/ticker HTTP/1.1",
                "GET /ws/ticker",
                "GET /ws ticker HTTP/1.1",
                "/ws/ticker GET HTTP/1.1",
                "G\u0001T /ws/ticker HTTP/1.1",
                "GET /ws/ti\u0001cker HTTP/1.1"
            })
    void aFirstLineThatIsNoneIsRefused(String line) throws IOException {
        refused(400, line, HOST, CONNECTION, UPGRADE, KEY, VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/ticker|", "/ws/%zz", "/ws/{", "//ws/ticker", "*", "http://localhost/ws/ticker"})
    void aPathThatIsNoneIsRefused(String path) throws IOException {
        refused(400, "GET " + path + " HTTP/1.1", HOST, CONNECTION, UPGRADE, KEY, VERSION);
    }

    /** Which would otherwise be read as the first line of a request that never ends. */
    @Test
    void helloOfTlsIsRefusedAtOnce() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            client.send(HexFormat.of().parseHex("16030100c8010000c40303aabbccdd"));
            assertRefused(400, client.rest());
        }
    }

    @Test
    void aHeaderOf64KibibytesIsRefused() throws IOException {
        refused(431, GET, HOST, CONNECTION, UPGRADE, KEY, VERSION, "X-Big: " + "a".repeat(65_536));
    }

    @Test
    void aThousandHeadersAreRefused() throws IOException {
        String many = IntStream.range(0, 1_000).mapToObj(i -> "X-" + i + ": b").collect(Collectors.joining("\r\n"));
        refused(431, GET, HOST, CONNECTION, UPGRADE, KEY, VERSION, many);
    }

    @Test
    void aQueryOfNineKilobytesIsRefused() throws IOException {
        refused(414, "GET /ws/ticker?x=" + "a".repeat(9_000) + " HTTP/1.1", HOST, CONNECTION, UPGRADE, KEY, VERSION);
    }

    @Test
    void ofAHundredSubprotocolsOneAtMostIsTaken() throws IOException {
        String many = IntStream.range(0, 100).mapToObj(i -> "p" + i).collect(Collectors.joining(", "));
        try (RawClient client = new RawClient(service.port())) {
            String head = client.upgrade("/ws/ticker", "Sec-WebSocket-Protocol: " + many + ", tickerplant.v1")
                    .head();
            assertTrue(head.startsWith("HTTP/1.1 101 "), head);
            assertTrue(head.contains("\r\nSec-WebSocket-Protocol: tickerplant.v1\r\n"), head);
        }
    }

    @Test
    void aSubprotocolOfEightKilobytesIsNotTaken() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            String head = client.upgrade("/ws/ticker", "Sec-WebSocket-Protocol: " + "p".repeat(8_000))
                    .head();
            assertTrue(head.startsWith("HTTP/1.1 101 "), head);
            assertFalse(head.contains("Sec-WebSocket-Protocol"), head);
        }
    }

    @Test
    void fiftyThousandBlanksInASubprotocolAreRefused() throws IOException {
        refused(
                431,
                GET,
                HOST,
                CONNECTION,
                UPGRADE,
                KEY,
                VERSION,
                "Sec-WebSocket-Protocol: a" + " ".repeat(50_000) + "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Content-Length: 1\r\nTransfer-Encoding: chunked"
            })
    void aBodyWithoutItsLengthIsRefused(String header) throws IOException {
        refused(411, "POST /api/v1/ticker HTTP/1.1", HOST, header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "1, 1", "0x1", "", "1\r\nContent-Length: 1", "99999999999999999999"})
    void aLengthThatIsNoneIsRefused(String length) throws IOException {
        refused(400, "POST /api/v1/ticker HTTP/1.1", HOST, "Content-Length: " + length);
    }

    /** What one of them takes for the body, another might take for a request. */
    @Test
    void aBodyIsNoRequest() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            String hidden = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
            String answers = client.say(
                            "POST /api/v1/symbols HTTP/1.1",
                            HOST,
                            "Content-Length: " + hidden.length(),
                            "",
                            hidden + "GET /health/live HTTP/1.1",
                            HOST,
                            "Connection: close")
                    .rest();
            assertEquals(1, answers.split("HTTP/1.1 405 ", -1).length - 1, answers);
            assertEquals(1, answers.split("HTTP/1.1 200 ", -1).length - 1, answers);
        }
    }

    @Test
    void requestsMayComeOneRightAfterTheOtherAndByteByByte() throws IOException {
        String one = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawClient client = new RawClient(service.port())) {
            client.send((one + one).getBytes(StandardCharsets.US_ASCII));
            for (byte b : one.getBytes(StandardCharsets.US_ASCII)) {
                client.send(new byte[] {b});
            }
            client.say("GET /health/live HTTP/1.1", HOST, "Connection: close");
            String answers = client.rest();
            assertEquals(4, answers.split("HTTP/1.1 200 ", -1).length - 1, answers);
        }
    }

    @Test
    void aHandshakeMayComeByteByByte() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            String all = String.join("\r\n", GET, HOST, CONNECTION, UPGRADE, KEY, VERSION) + "\r\n\r\n";
            for (byte b : all.getBytes(StandardCharsets.US_ASCII)) {
                client.send(new byte[] {b});
            }
            assertTrue(client.head().startsWith("HTTP/1.1 101 "));
        }
    }

    @Test
    void aFrameSentTogetherWithTheHandshakeIsNotLost() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            String head = String.join("\r\n", "GET /ws/echo HTTP/1.1", HOST, CONNECTION, UPGRADE, KEY, VERSION);
            byte[] frame = RawClient.masked(0x81, "early".getBytes(StandardCharsets.US_ASCII));
            byte[] handshake = (head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] all = new byte[handshake.length + frame.length];
            System.arraycopy(handshake, 0, all, 0, handshake.length);
            System.arraycopy(frame, 0, all, handshake.length, frame.length);
            client.send(all);
            assertTrue(client.head().startsWith("HTTP/1.1 101 "));
            assertEquals("early", client.next().text());
        }
    }

    @Test
    void namesAndTokensMayBeWrittenAsOneLikes() throws IOException {
        try (RawClient client = new RawClient(service.port())) {
            String head = client.say(
                            GET,
                            "hOST: localhost",
                            "CONNECTION: keep-alive, uPGRADE",
                            "uPgRaDe: WebSocket",
                            KEY.replace("Sec-WebSocket", "sec-websocket"),
                            VERSION)
                    .head();
            assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        }
    }

    @Test
    void twoHundredConnectionsThatSayNothingStopNobody() throws IOException {
        Socket[] silent = new Socket[200];
        try {
            for (int i = 0; i < silent.length; i++) {
                silent[i] = new Socket(InetAddress.getLoopbackAddress(), service.port());
                silent[i].getOutputStream().write('G');
            }
            try (RawClient client = new RawClient(service.port())) {
                assertTrue(client.upgrade("/ws/ticker").head().startsWith("HTTP/1.1 101 "));
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }
}
