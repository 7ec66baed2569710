package tickerplant.containers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tickerplant.checker.TestClient;
import tickerplant.server.RawClient;

/**
 * Handshakes and frames, good and bad, over a plain TCP connection. Where a container answers otherwise than it should, and
 * no WAR can change that, its contract says so, and that is held against it too.
 */
interface WireManners {
    /** The connection stayed as it was, without an answer. */
    int NOTHING = -1;

    /** More than three heartbeats. */
    int PATIENCE_MILLIS = 9_000;
    /** Much more than it takes to find out that a client is silent. */
    int EMPTY_MILLIS = 60_000;

    /** Clients that may be connected. */
    int MOST_OF_ONE_ADDRESS = 100;

    int PING = 0x89;
    int PONG = 0x8a;

    RunningContainer server();

    /** What the container answers otherwise than is right. */
    Map<BadHandshake, Integer> handshakesGranted();

    /** What the container does otherwise than is right. */
    Map<BadFrames, Integer> framesBorne();

    @Test
    default void aBadHandshakeIsRefusedWithTheStatusThatSaysWhy() throws IOException {
        Map<BadHandshake, Integer> wrong = new EnumMap<>(BadHandshake.class);
        for (BadHandshake handshake : BadHandshake.values()) {
            int status = status(handshake);
            if (!handshake.isRight(status)) {
                wrong.put(handshake, status);
            }
        }
        assertEquals(handshakesGranted(), wrong);
        assertEquals(101, upgraded("/ws/ticker"), "and a good one is no longer granted");
    }

    private int upgraded(String path) throws IOException {
        try (RawClient client = new RawClient(server().port())) {
            return Integer.parseInt(client.upgrade(path).head().split(" ", 3)[1]);
        }
    }

    private int status(BadHandshake handshake) throws IOException {
        try (RawClient client = new RawClient(server().port())) {
            client.patience(3_000);
            String head = client.say(handshake.lines()).head();
            int status = Integer.parseInt(head.split(" ", 3)[1]);
            // where a container leaves no way to a status, the connection is closed before any data
            return status == 101 && client.next().isClose() ? 403 : status;
        } catch (SocketTimeoutException e) {
            return NOTHING;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    @Test
    default void aBadFrameEndsItsConnectionWithTheCodeThatSaysWhy() throws Exception {
        Map<BadFrames, Integer> wrong = new EnumMap<>(BadFrames.class);
        ExecutorService all = Executors.newCachedThreadPool();
        try {
            Map<BadFrames, Future<Integer>> codes = new EnumMap<>(BadFrames.class);
            for (BadFrames frames : BadFrames.values()) {
                codes.put(frames, all.submit(() -> code(frames)));
            }
            for (BadFrames frames : BadFrames.values()) {
                int code = codes.get(frames).get();
                if (!frames.isRight(code)) {
                    wrong.put(frames, code);
                }
            }
        } finally {
            all.shutdownNow();
        }
        assertEquals(framesBorne(), wrong);
    }

    /** The client answers pings, as long as what it has sent lets it. */
    private int code(BadFrames frames) throws IOException {
        try (RawClient client = ticker()) {
            client.patience(PATIENCE_MILLIS);
            try {
                frames.by(client);
            } catch (SocketException e) {
                // it is closed already; what was said about it may still be there
            }
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            while (System.nanoTime() < deadline) {
                RawClient.Frame frame = client.next();
                if (frame.isClose()) {
                    return frame.payload().length < 2 ? 1005 : frame.closeCode();
                }
                if (frame.head() == PING) {
                    client.frame(PONG, frame.payload());
                }
            }
            return NOTHING;
        } catch (SocketTimeoutException e) {
            return NOTHING;
        } catch (EOFException | SocketException e) {
            return 0;
        }
    }

    private RawClient ticker() throws IOException {
        RawClient client = new RawClient(server().port());
        String head = client.upgrade("/ws/ticker").head();
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        assertTrue(!head.toLowerCase(Locale.ROOT).contains("sec-websocket-extensions"), head);
        assertTrue(client.next().text().startsWith("{\"type\":\"welcome\""));
        return client;
    }

    /** The next text that is no heartbeat. */
    private static String text(RawClient client) throws IOException {
        RawClient.Frame frame = client.next();
        while (frame.head() != 0x81 || frame.text().contains("heartbeat")) {
            frame = client.next();
        }
        return frame.text();
    }

    private static byte[] ping(int length) {
        String start = "{\"type\":\"ping\",\"id\":1,\"x\":\"";
        return (start + "x".repeat(length - start.length() - 2) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    default void oneAddressHasNoMoreThanItsPlaces() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        try {
            fillPlaces(clients, "X-Nothing", "");
        } finally {
            clients.forEach(TestClient::close);
        }
    }

    /**
     * Connects as many as may, and one more, which hears that it is one too many. The JDK's client now and then leaves a
     * connection that it aborts open: then its silence has to tell first.
     */
    default void fillPlaces(List<TestClient> clients, String header, String value) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EMPTY_MILLIS);
        while (!server().get("/health/ready").body().contains("\"sessions\":0,")) {
            assertTrue(System.nanoTime() < deadline, "some of an earlier test have never left");
        }
        for (int i = 0; i <= MOST_OF_ONE_ADDRESS; i++) {
            TestClient client = TestClient.dial(server().socket("/ws/ticker"))
                    .header(header, value)
                    .connect();
            clients.add(client);
            if (i < MOST_OF_ONE_ADDRESS) {
                client.hears("{\"type\":\"welcome\"}");
            } else {
                assertEquals(1013, client.awaitClosing().code());
            }
        }
    }

    @Test
    default void aMessageMayHaveTheLimitWholeAndInFragmentsAndByteByByte() throws IOException {
        try (RawClient client = ticker()) {
            byte[] message = ping(65_536);
            client.frame(0x81, message);
            assertTrue(text(client).startsWith("{\"type\":\"pong\",\"id\":1,"));
            client.frame(0x01, Arrays.copyOf(message, 30_000));
            client.frame(0x00, new byte[0]);
            client.frame(0x80, Arrays.copyOfRange(message, 30_000, 65_536));
            assertTrue(text(client).startsWith("{\"type\":\"pong\",\"id\":1,"));
            for (byte b : RawClient.masked(0x81, ping(150))) {
                client.send(new byte[] {b});
            }
            assertTrue(text(client).startsWith("{\"type\":\"pong\",\"id\":1,"));
        }
    }

    @Test
    default void aPingIsAnsweredWithWhatItCarriesAndAPongIsIgnored() throws IOException {
        try (RawClient client = ticker()) {
            client.frame(0x8a, new byte[125]).frame(0x8a, new byte[8]);
            client.frame(0x89, "hello".getBytes(StandardCharsets.US_ASCII));
            RawClient.Frame pong = client.next();
            while (pong.head() != 0x8a) {
                pong = client.next();
            }
            assertArrayEquals("hello".getBytes(StandardCharsets.US_ASCII), pong.payload());
        }
    }

    @Test
    default void aCloseIsAnsweredWithItsCode() throws IOException {
        for (int code : new int[] {1000, 1001, 3000, 4999}) {
            try (RawClient client = ticker()) {
                client.frame(0x88, ByteBuffer.allocate(2).putShort((short) code).array());
                assertEquals(code, client.closeCode());
            }
        }
    }

    @Test
    default void randomBytesAndBrokenConnectionsHarmNobodyElse() throws IOException {
        Random random = new Random(20_260_101);
        try (RawClient other = ticker()) {
            for (int i = 0; i < 100; i++) {
                byte[] rubbish = new byte[200];
                random.nextBytes(rubbish);
                try (RawClient client = ticker()) {
                    client.send(rubbish);
                }
                try (RawClient client = ticker()) {
                    client.send(Arrays.copyOf(RawClient.masked(0x81, ping(150)), 50 + i));
                    client.reset();
                }
            }
            other.frame(0x81, ping(100));
            assertTrue(text(other).startsWith("{\"type\":\"pong\",\"id\":1,"));
        }
    }
}
