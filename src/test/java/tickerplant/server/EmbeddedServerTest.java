package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.http.ServletMapping;
import tickerplant.service.Connections;

@Timeout(60)
class EmbeddedServerTest {
    private static final String FORBIDDEN = "http://evil.example";

    /** The container creates endpoints and configurator, so that what they saw has to be static. */
    private static final BlockingQueue<Session> OPENED = new LinkedBlockingQueue<>();

    private static final BlockingQueue<Session> CLOSED = new LinkedBlockingQueue<>();

    public static final class Configurator extends ServerEndpointConfig.Configurator {
        @Override
        public boolean checkOrigin(String origin) {
            return !FORBIDDEN.equals(origin);
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            config.getUserProperties()
                    .put("lines", List.copyOf(request.getHeaders().get(Connections.HEADER)));
        }
    }

    @ServerEndpoint(value = "/ws/toy", configurator = Configurator.class)
    public static final class Toy {
        @OnOpen
        public void open(Session session) {
            OPENED.add(session);
        }

        @OnMessage
        public String say(String text) {
            return text;
        }

        @OnClose
        public void close(Session session) {
            CLOSED.add(session);
        }

        @OnError
        public void fail(Session session, Throwable reason) {
            // the sender hears of it through its handler
        }
    }

    private static final class Hello extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello");
        }
    }

    @BeforeAll
    static void quiet() {
        Log.toStandardError();
    }

    private final ConnectionFilter connections = new ConnectionFilter();
    private final EmbeddedServer server = new EmbeddedServer(
            "127.0.0.1",
            0,
            65_536,
            connections,
            List.of(Toy.class),
            List.of(new ServletMapping("hello", new Hello(), List.of("/hello"))),
            Optional.empty(),
            new Patience(1, Duration.ofMillis(500)));

    @BeforeEach
    void open() throws IOException {
        OPENED.clear();
        CLOSED.clear();
        server.open();
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(1));
    }

    private static Session opened() throws InterruptedException {
        Session session = OPENED.poll(10, TimeUnit.SECONDS);
        assertTrue(session != null, "no session was opened");
        return session;
    }

    private static String line(Session session) {
        List<?> lines = (List<?>) session.getUserProperties().get("lines");
        assertEquals(1, lines.size(), lines.toString());
        return lines.get(0).toString();
    }

    @Test
    void socketsAndServletsShareThePort() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            String head = client.upgrade("/ws/toy").head();
            assertTrue(head.startsWith("HTTP/1.1 101 "), head);
            opened().getBasicRemote().sendText("tick");
            assertEquals("tick", client.shortText());
        }
        try (RawClient client = new RawClient(server.port())) {
            String answer = client.say("GET /hello HTTP/1.1", "Host: localhost", "Connection: close")
                    .rest();
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.endsWith("hello"), answer);
            assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
            assertFalse(answer.toLowerCase(java.util.Locale.ROOT).contains("grizzly"), answer);
        }
    }

    @Test
    void onlyTheHostAskedForListens() throws Exception {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThrows(ConnectException.class, () -> new Socket(address, server.port()).close());
                }
            }
        }
        // another address of the loopback network shows it even where there is no other network
        assertThrows(ConnectException.class, () -> new Socket("127.0.0.2", server.port()).close());
    }

    @Test
    void anIdleConnectionIsCutAndAnIdleSocketIsNot() throws Exception {
        try (RawClient socket = new RawClient(server.port());
                RawClient silent = new RawClient(server.port())) {
            socket.upgrade("/ws/toy").head();
            assertEquals("", silent.rest());
            try (RawClient kept = new RawClient(server.port())) {
                assertTrue(kept.say("GET /hello HTTP/1.1", "Host: localhost")
                        .rest()
                        .endsWith("hello"));
            }
            opened().getBasicRemote().sendText("still here");
            assertEquals("still here", socket.shortText());
        }
    }

    @Test
    void aPortThatIsTakenIsSaidInOneLine() {
        EmbeddedServer second =
                new EmbeddedServer("127.0.0.1", server.port(), 65_536, new ConnectionFilter(), List.of(), List.of());
        IOException taken = assertThrows(IOException.class, second::open);
        second.stop(Duration.ZERO);
        assertEquals(
                "can't listen on port " + server.port() + " of 127.0.0.1: Address already in use", taken.getMessage());
    }

    @Test
    void aRefusedUpgradeSaysWhereItEndsAndCloses() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            String answer = client.upgrade("/ws/toy", "Origin: " + FORBIDDEN).rest();
            assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
            assertTrue(answer.contains("Content-Length: 0\r\n"), answer);
            assertTrue(answer.contains("Connection: close\r\n"), answer);
        }
        assertForgotten();
    }

    @Test
    void anUpgradeWhereNoEndpointIsMeetsTheServlets() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            String head = client.upgrade("/hello").head();
            assertTrue(head.startsWith("HTTP/1.1 200 "), head);
        }
    }

    @Test
    void theIdOfAConnectionCannotBeForged() throws Exception {
        try (RawClient client = new RawClient(server.port());
                RawClient other = new RawClient(server.port())) {
            client.upgrade("/ws/toy", Connections.HEADER + ": c999", Connections.HEADER + ": c998")
                    .head();
            String first = line(opened());
            other.upgrade("/ws/toy", Connections.HEADER.toLowerCase(java.util.Locale.ROOT) + ": " + first)
                    .head();
            String second = line(opened());
            assertNotEquals("c999", first);
            assertNotEquals(first, second);
        }
    }

    @Test
    void anIdIsForgottenWhenItsConnectionEnds() throws Exception {
        String id;
        try (RawClient client = new RawClient(server.port())) {
            client.upgrade("/ws/toy").head();
            id = line(opened());
            assertEquals(1, connections.size());
        }
        assertTrue(CLOSED.poll(10, TimeUnit.SECONDS) != null, "the close wasn't heard of");
        assertForgotten();
        assertFalse(connections.cut(id));
    }

    @Test
    void cuttingFreesASenderThatIsStuckAndResetsTheClient() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.upgrade("/ws/toy").head();
            Session session = opened();
            CompletableFuture<Boolean> stuck = sendUntilStuck(session);
            assertTrue(connections.cut(line(session)));
            assertFalse(stuck.get(5, TimeUnit.SECONDS), "a send into a cut connection must fail");
            assertTrue(CLOSED.poll(5, TimeUnit.SECONDS) != null, "the close wasn't heard of");
            assertForgotten();
            SocketException reset =
                    assertInstanceOf(SocketException.class, assertThrows(IOException.class, client::rest));
            assertTrue(reset.getMessage().contains("reset"), reset.getMessage());
        }
    }

    @Test
    void aHandshakeByteByByteIsCutInTime() throws Exception {
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            slow.setSoTimeout(50);
            byte[] endless = ("GET /ws/toy HTTP/1.1\r\nHost: " + "x".repeat(1_000)).getBytes(StandardCharsets.US_ASCII);
            long start = System.nanoTime();
            int sent = 0;
            while (isOpenAfter(slow, endless[sent])) {
                sent++;
            }
            assertTrue(sent > 1, "not even begun");
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5), sent + " bytes were waited for");
        }
    }

    @Test
    void twoHundredHandshakesByteByByteAreCutWhileOthersAreServed() throws Exception {
        byte[] endless = ("GET /ws/toy HTTP/1.1\r\nHost: " + "x".repeat(10_000)).getBytes(StandardCharsets.US_ASCII);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                socket.setSoTimeout(1);
                slow.add(socket);
            }
            try (RawClient other = new RawClient(server.port())) {
                assertTrue(other.say("GET /hello HTTP/1.1", "Host: localhost", "Connection: close")
                        .rest()
                        .endsWith("hello"));
            }
            List<Socket> open = new ArrayList<>(slow);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            for (int sent = 0; !open.isEmpty(); sent++) {
                assertTrue(System.nanoTime() < deadline, open.size() + " are still waited for");
                byte one = endless[sent];
                open.removeIf(socket -> !isOpenAfter(socket, one));
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertTrue(OPENED.isEmpty());
    }

    /** Sends a byte, and waits a little whether the other side ends the connection. */
    private static boolean isOpenAfter(Socket slow, byte one) {
        try {
            slow.getOutputStream().write(one);
            return slow.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whoFloodsWithPingsAndDoesNotReadIsCut() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.upgrade("/ws/toy").head();
            opened();
            ByteArrayOutputStream pings = new ByteArrayOutputStream();
            for (int i = 0; i < 500; i++) {
                pings.writeBytes(RawClient.masked(0x89, new byte[125]));
            }
            long start = System.nanoTime();
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 1_000; i++) {
                    client.send(pings.toByteArray());
                }
            });
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5));
            assertForgotten();
        }
    }

    @Test
    void whoReadsMayPingAsFastAsHeLikes() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.upgrade("/ws/toy").head();
            byte[] ping = RawClient.masked(0x89, new byte[] {7});
            for (int i = 0; i < 30_000; i++) {
                client.send(ping);
                if (i % 100 == 99) {
                    for (int answers = 0; answers < 100; answers++) {
                        assertEquals(0x8a, client.next().head());
                    }
                }
            }
        }
    }

    @Test
    void whoIsClosedAndDoesNotReadIsCut() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.upgrade("/ws/toy").head();
            Session session = opened();
            CompletableFuture<Boolean> stuck = sendUntilStuck(session);
            session.close();
            assertFalse(stuck.get(5, TimeUnit.SECONDS));
            assertForgotten();
        }
    }

    @Test
    void whoClosesAndDoesNotReadIsCut() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.upgrade("/ws/toy").head();
            CompletableFuture<Boolean> stuck = sendUntilStuck(opened());
            client.frame(0x88, new byte[] {3, (byte) 0xe8});
            assertFalse(stuck.get(5, TimeUnit.SECONDS));
            assertForgotten();
        }
    }

    @Test
    void whoIsClosedAndKeepsTheConnectionIsCut() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.upgrade("/ws/toy").head();
            opened().close();
            assertEquals(1000, client.closeCode());
            assertForgotten();
        }
    }

    /** Sends to a client that doesn't read until a frame is not taken within a second; returns that frame's fate. */
    private static CompletableFuture<Boolean> sendUntilStuck(Session session) throws Exception {
        String sixteenKiB = "x".repeat(16 * 1024);
        for (int sent = 0; ; sent++) {
            CompletableFuture<Boolean> taken = new CompletableFuture<>();
            session.getAsyncRemote().sendText(sixteenKiB, result -> taken.complete(result.isOK()));
            try {
                assertTrue(taken.get(1, TimeUnit.SECONDS));
            } catch (TimeoutException e) {
                // 256 KiB were seen, and 3,920 KiB where the kernel may choose the send buffer
                assertTrue(sent * 16 < 1_024, sent * 16 + " KiB were swallowed");
                return taken;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void assertForgotten() {
        await(() -> "no connection, and there are " + connections.size(), () -> connections.size() == 0);
    }
}
