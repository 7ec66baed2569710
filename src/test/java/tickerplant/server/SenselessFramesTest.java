package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.feed.ScriptedFeed;
import tickerplant.market.Events;
import tickerplant.service.Setting;

/** What a client may do wrong below its messages, on the real service: the code it hears, and that others don't notice. */
@Timeout(60)
class SenselessFramesTest {
    private static final int LIMIT = 65_536;
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int TEXT_BEGINS = 0x01;
    private static final int GOES_ON = 0x00;
    private static final int ENDS = 0x80;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final String HELLO = "{\"type\":\"ping\",\"id\":1,\"x\":\"";

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

    private static RawClient connect(String path) throws IOException {
        RawClient client = new RawClient(service.port());
        String head = client.upgrade(path).head();
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        return client;
    }

    private static RawClient ticker() throws IOException {
        RawClient client = connect("/ws/ticker");
        assertTrue(client.next().text().startsWith("{\"type\":\"welcome\""));
        return client;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A ping of so many bytes, filled up with characters that have two. */
    private static byte[] ping(int length) {
        String end = "\"}";
        int room = length - HELLO.length() - end.length();
        return bytes(HELLO + "ü".repeat(room / 2) + "x".repeat(room % 2) + end);
    }

    private static void assertAnswers(RawClient client) throws IOException {
        client.frame(TEXT, bytes("{\"type\":\"ping\",\"id\":77}"));
        assertTrue(text(client).startsWith("{\"type\":\"pong\",\"id\":77,"));
    }

    /** The next text that is no heartbeat; pings on the way are answered. */
    private static String text(RawClient client) throws IOException {
        while (true) {
            RawClient.Frame frame = client.next();
            if (frame.isClose()) {
                throw new AssertionError("closed with " + frame.closeCode());
            }
            if (frame.head() == PING) {
                // until it is answered, the service takes what it has sent for unread
                client.frame(PONG, frame.payload());
            }
            if (frame.head() == TEXT && !frame.text().contains("heartbeat")) {
                return frame.text();
            }
        }
    }

    private static void assertSessions(int count) {
        await(
                () -> count + " sessions, and there are "
                        + service.tickerplant().sessions().count(),
                () -> service.tickerplant().sessions().count() == count);
    }

    @Test
    void aMessageMayHaveExactlyTheLimitInBytes() throws IOException {
        try (RawClient client = ticker()) {
            assertEquals(LIMIT, ping(LIMIT).length);
            client.frame(TEXT, ping(LIMIT));
            assertTrue(text(client).startsWith("{\"type\":\"pong\",\"id\":1,"));
            assertAnswers(client);
        }
    }

    @Test
    void aMessageOfOneByteMoreEndsTheConnection() throws IOException {
        try (RawClient client = ticker()) {
            client.frame(TEXT, ping(LIMIT + 1));
            assertEquals(1009, client.closeCode());
        }
        assertSessions(0);
    }

    @Test
    void fragmentsCountTogether() throws IOException {
        try (RawClient client = ticker()) {
            byte[] whole = ping(LIMIT);
            client.frame(TEXT_BEGINS, Arrays.copyOf(whole, 30_001));
            client.frame(GOES_ON, new byte[0]);
            client.frame(PING, bytes("between"));
            client.frame(ENDS, Arrays.copyOfRange(whole, 30_001, LIMIT));
            RawClient.Frame pong = client.next();
            assertEquals(PONG, pong.head());
            assertEquals("between", pong.text());
            assertTrue(text(client).startsWith("{\"type\":\"pong\",\"id\":1,"));
            client.frame(TEXT_BEGINS, new byte[LIMIT]);
            client.frame(GOES_ON, new byte[1]);
            assertEquals(1009, client.closeCode());
        }
        assertSessions(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/ticker", "/ws/echo"})
    void anEndlessMessageIsEndedAtTheLimitAndNotAtItsEnd(String path) throws IOException {
        try (RawClient client = connect(path)) {
            client.frame(TEXT_BEGINS, bytes("x".repeat(60_000)));
            client.frame(GOES_ON, bytes("x".repeat(5_536)));
            client.frame(GOES_ON, bytes("x"));
            assertEquals(1009, client.closeCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/ticker", "/ws/echo"})
    void aFrameOfAnExabyteIsRefusedBeforeAnyOfItCame(String path) throws IOException {
        try (RawClient client = connect(path)) {
            client.send(ByteBuffer.allocate(14)
                    .put((byte) BINARY)
                    .put((byte) 0xff)
                    .putLong(1L << 60)
                    .array());
            assertEquals(1009, client.closeCode());
        }
    }

    @Test
    void aClientThatWasToldSoMayCloseInOrder() throws IOException {
        try (RawClient client = ticker()) {
            client.frame(TEXT, ping(LIMIT + 1));
            assertEquals(1009, client.closeCode());
            client.frame(CLOSE, ByteBuffer.allocate(2).putShort((short) 1009).array());
            assertThrows(EOFException.class, client::next);
        }
        assertSessions(0);
    }

    @Test
    void aClientThatWasToldSoAndStaysIsLetGo() throws IOException {
        try (RawClient client = ticker()) {
            client.frame(TEXT, ping(LIMIT + 1));
            assertEquals(1009, client.closeCode());
            assertThrows(EOFException.class, client::next);
            assertSessions(0);
        }
    }

    @Test
    void aMessageOfFiveMebibytesIsNotTakenIn() throws IOException {
        try (RawClient client = ticker()) {
            byte[] frame = RawClient.masked(TEXT, new byte[5 << 20]);
            client.send(Arrays.copyOf(frame, 32_768));
            assertEquals(1009, client.closeCode());
        }
        assertSessions(0);
    }

    @Test
    void manySmallRequestsInOneGoAreAllAnswered() throws IOException {
        try (RawClient client = ticker()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int count = 900;
            for (int i = 0; i < count; i++) {
                String text = "{\"type\":\"ping\",\"id\":" + i + ",\"x\":\"" + "y".repeat(i) + "\"}";
                all.writeBytes(RawClient.masked(TEXT, bytes(text)));
            }
            client.send(all.toByteArray());
            for (int i = 0; i < count; i++) {
                String answer = text(client);
                assertTrue(answer.startsWith("{\"type\":\"pong\",\"id\":" + i + ","), answer);
            }
        }
    }

    @Test
    void longRequestsOneAfterTheOtherAreAllAnswered() throws Exception {
        try (RawClient client = ticker()) {
            for (int i = 0; i < 40; i++) {
                client.frame(TEXT, ping(LIMIT - 7 * i));
            }
            for (int i = 0; i < 40; i++) {
                assertTrue(text(client).startsWith("{\"type\":\"pong\",\"id\":1,"));
            }
        }
    }

    @Test
    void aBinaryMessageIsAnsweredWithAnErrorAndTheEnd() throws IOException {
        try (RawClient client = ticker()) {
            client.frame(BINARY, bytes("{\"type\":\"ping\"}"));
            String error = text(client);
            assertTrue(error.contains("\"code\":415,\"reason\":\"unsupported_data\""), error);
            RawClient.Frame close = client.next();
            assertTrue(close.isClose());
            assertEquals(1003, close.closeCode());
        }
    }

    @ParameterizedTest
    @CsvSource({"ff", "c0af", "eda080", "f4908080", "e282", "80", "fe"})
    void textThatIsNotUtf8EndsTheConnection(String hex) throws IOException {
        try (RawClient client = ticker()) {
            client.frame(TEXT, HexFormat.of().parseHex(hex));
            assertEquals(1007, client.closeCode());
        }
        assertSessions(0);
    }

    @Test
    void aCharacterMayBeCutInTwoBetweenFragments() throws IOException {
        try (RawClient client = connect("/ws/echo")) {
            byte[] euro = bytes("€");
            client.frame(TEXT_BEGINS, new byte[] {euro[0]});
            client.frame(GOES_ON, new byte[] {euro[1]});
            client.frame(ENDS, new byte[] {euro[2]});
            assertArrayEquals(euro, client.next().payload());
        }
    }

    @Test
    void anEmptyTextIsMalformedAndTheConnectionStays() throws IOException {
        try (RawClient client = ticker()) {
            client.frame(TEXT, new byte[0]);
            String error = text(client);
            assertTrue(error.contains("\"reason\":\"malformed_json\""), error);
            assertAnswers(client);
        }
    }

    @Test
    void anEmptyTextInTwoFragmentsIsMalformedAndTheConnectionStays() throws IOException {
        try (RawClient client = ticker()) {
            client.frame(TEXT_BEGINS, new byte[0]).frame(ENDS, new byte[0]);
            String error = text(client);
            assertTrue(error.contains("\"reason\":\"malformed_json\""), error);
            assertAnswers(client);
        }
    }

    @Test
    void pongsThatNobodyAskedForAreIgnored() throws IOException {
        try (RawClient client = ticker()) {
            client.frame(PONG, new byte[0]).frame(PONG, new byte[125]);
            client.frame(PONG, ByteBuffer.allocate(8).putLong(1).array());
            client.frame(PONG, ByteBuffer.allocate(8).putLong(-1).array());
            assertAnswers(client);
        }
    }

    @Test
    void aPingIsAnsweredWithWhatItCarries() throws IOException {
        try (RawClient client = ticker()) {
            for (byte[] payload : new byte[][] {{}, {0}, bytes("hello"), new byte[125]}) {
                client.frame(PING, payload);
                RawClient.Frame pong = client.next();
                assertEquals(PONG, pong.head());
                assertArrayEquals(payload, pong.payload());
            }
            assertAnswers(client);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY, PING, PONG, CLOSE})
    void aFrameThatIsNotMaskedEndsTheConnection(int head) throws IOException {
        try (RawClient client = ticker()) {
            client.send(new byte[] {(byte) head, 2, 'h', 'i'});
            assertEquals(1002, client.closeCode());
        }
        assertSessions(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x83, 0x87, 0x8b, 0x8f, 0xc1, 0xa1, 0x91, 0xf1, 0x80, 0x00, 0x09})
    void aFrameThatTheStandardDoesNotKnowEndsTheConnection(int head) throws IOException {
        try (RawClient client = ticker()) {
            client.frame(head, bytes("hi"));
            assertEquals(1002, client.closeCode());
        }
        assertSessions(0);
    }

    @Test
    void aPingOfMoreThan125BytesEndsTheConnection() throws IOException {
        try (RawClient client = ticker()) {
            client.frame(PING, new byte[126]);
            assertEquals(1002, client.closeCode());
        }
    }

    @Test
    void aSecondMessageInsideAFragmentedOneEndsTheConnection() throws IOException {
        try (RawClient client = ticker()) {
            client.frame(TEXT_BEGINS, bytes("{")).frame(TEXT, bytes("{}"));
            assertEquals(1002, client.closeCode());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000", "1001, 1001", "1002, 1002", "1003, 1003", "1007, 1007", "1008, 1008", "1009, 1009", "1010, 1010",
        "1011, 1011", "3000, 3000", "3999, 3999", "4000, 4000", "4999, 4999", "0, 1002", "999, 1002", "1004, 1002",
        "1005, 1002", "1006, 1002", "1012, 1002", "1013, 1002", "1014, 1002", "1015, 1002", "1016, 1002", "2000, 1002",
        "2999, 1002", "5000, 1002", "65535, 1002"
    })
    void aCloseIsAnsweredWithItsCodeAndAnImpossibleOneWithAProtocolError(int code, int answer) throws IOException {
        try (RawClient client = ticker()) {
            client.frame(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
            assertEquals(answer, client.closeCode());
            assertThrows(EOFException.class, client::next);
        }
        assertSessions(0);
    }

    @Test
    void aCloseWithoutACodeIsAnswered() throws IOException {
        try (RawClient client = ticker()) {
            client.frame(CLOSE, new byte[0]);
            assertEquals(1000, client.closeCode());
        }
        assertSessions(0);
    }

    @Test
    void aCloseOfOneByteOrWithAReasonThatIsNotUtf8IsAProtocolError() throws IOException {
        try (RawClient client = ticker()) {
            client.frame(CLOSE, new byte[] {3});
            assertEquals(1002, client.closeCode());
        }
        try (RawClient client = ticker()) {
            client.frame(CLOSE, new byte[] {3, (byte) 0xe8, (byte) 0xff});
            assertEquals(1007, client.closeCode());
        }
        assertSessions(0);
    }

    @Test
    void frameHeadsMayComeByteByByte() throws IOException {
        try (RawClient client = ticker()) {
            for (byte b : RawClient.masked(TEXT, ping(300))) {
                client.send(new byte[] {b});
            }
            assertTrue(text(client).startsWith("{\"type\":\"pong\",\"id\":1,"));
            assertAnswers(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/ticker", "/ws/echo"})
    void tenThousandEmptyFragmentsEndTheConnection(String path) throws IOException {
        try (RawClient client = connect(path)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(RawClient.masked(TEXT_BEGINS, new byte[0]));
            for (int i = 0; i < 10_000; i++) {
                all.writeBytes(RawClient.masked(GOES_ON, new byte[0]));
            }
            client.send(all.toByteArray());
            assertEquals(1009, client.closeCode());
        }
        assertSessions(0);
    }

    @Test
    void aLengthThatIsNotInItsShortestFormEndsTheConnection() throws IOException {
        try (RawClient client = ticker()) {
            client.send(new byte[] {(byte) TEXT, (byte) 0xfe, 0, 2, 0, 0, 0, 0, '{', '}'});
            assertEquals(1002, client.closeCode());
        }
    }

    @Test
    void twoHundredResetsInTheMiddleOfAFrameLeaveNothingBehind() throws IOException {
        for (int i = 0; i < 200; i++) {
            RawClient client = connect("/ws/ticker");
            client.send(new byte[] {(byte) TEXT, (byte) 0xfe, 0x10});
            client.reset();
        }
        assertSessions(0);
        try (RawClient client = ticker()) {
            assertAnswers(client);
        }
    }

    @Test
    void randomBytesEndTheirConnectionAndNoOther() throws IOException {
        Random random = new Random(20_260_101);
        try (RawClient other = ticker()) {
            for (int i = 0; i < 100; i++) {
                byte[] rubbish = new byte[200];
                random.nextBytes(rubbish);
                try (RawClient client = ticker()) {
                    client.send(rubbish);
                }
            }
            assertAnswers(other);
            assertSessions(1);
        }
        assertSessions(0);
    }
}
