package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickerplant.bus.Handover;
import tickerplant.codec.CommandReader;
import tickerplant.codec.JsonFrames;
import tickerplant.codec.JsonRows;
import tickerplant.hub.Hub;
import tickerplant.market.FixedClock;
import tickerplant.message.CloseCode;
import tickerplant.message.Frame;
import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;
import tickerplant.session.Outbox;
import tickerplant.session.Sender;
import tickerplant.session.Wire;

/** What a connection lets through, on a clock that stands still. */
class ConnectionTest {
    private static final CommandReader READER = new CommandReader();
    private static final String PING = "{\"type\":\"ping\",\"id\":1}";

    /** Takes every frame and answers every ping at once. */
    private final class QuickWire implements Wire {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private volatile boolean isBroken;

        @Override
        public void send(Frame frame, Receipt receipt) {
            if (isBroken) {
                receipt.failed();
            }
            heard.add(frame.text());
            if (!isBroken) {
                receipt.sent();
            }
        }

        @Override
        public void ping(long number) {
            connection.pong(number);
        }

        @Override
        public void close(CloseCode code, String reason) {
            heard.add("closed " + code);
        }

        @Override
        public void cut() {
            heard.add("cut");
        }
    }

    private final FixedClock clock = FixedClock.at(1_767_225_600_000_000L);
    private final QuickWire wire = new QuickWire();
    private final Handover<Runnable> marketThread = new Handover<>(1_000);
    private final Sender sender = new Sender(clock);
    private final Thread senderThread = new Thread(sender, "sender of a test");
    private final List<Connection> ended = new ArrayList<>();
    private final Inquiries inquiries = new Inquiries();
    private ClientSession session;
    private Connection connection;

    @BeforeEach
    void open() {
        senderThread.setDaemon(true);
        senderThread.start();
        Outbox outbox = new Outbox(
                "s-1", wire, new JsonFrames(), sender, clock, new Outbox.Bounds(1 << 24, 1 << 18, 100, 1 << 18));
        Hub hub = new Hub(new JsonRows(), (event, reason) -> {}, 1_000);
        session = new ClientSession(hub, outbox, clock, "e-1", new ClientSession.Limits(100, 100));
        connection = new Connection(
                session,
                outbox,
                marketThread,
                inquiries,
                Access.of(Settings.defaults(), clock),
                Login.notNeeded(clock),
                clock,
                20,
                5_000,
                new Reception(System.getLogger(ConnectionTest.class.getName()), clock).opened("s-1", "", clock),
                Optional.empty(),
                (gone, code) -> ended.add(gone));
    }

    @AfterEach
    void stop() throws InterruptedException {
        inquiries.stop();
        senderThread.interrupt();
        senderThread.join(10_000);
    }

    private void asks(String text) {
        connection.request(READER.read(text));
    }

    /** Does what was handed over to the market thread. */
    private void settle() throws InterruptedException {
        while (marketThread.size() > 0) {
            marketThread.take().forEach(Runnable::run);
        }
    }

    private String hears() throws InterruptedException {
        settle();
        String text = wire.heard.poll(10, TimeUnit.SECONDS);
        assertTrue(text != null, "nothing came");
        return text;
    }

    private static void assertContains(String expected, String text) {
        assertTrue(text.contains(expected), text);
    }

    @Test
    void aRequestIsAnswered() throws InterruptedException {
        asks(PING);
        assertEquals("{\"type\":\"pong\",\"id\":1,\"server_ts\":1767225600000}", hears());
    }

    @Test
    void anInquiryThatEndsInAnErrorIsAnsweredAndSoAreThoseAfterIt() throws InterruptedException {
        for (int i = 1; i <= 5; i++) {
            inquiries.put(
                    new RequestId(String.valueOf(i), RequestId.Kind.INTEGER),
                    () -> {
                        throw new StackOverflowError("of a test");
                    },
                    session);
            assertContains("the server failed, reference inquiry-" + i, hears());
        }
        inquiries.put(READER.read(PING), session);
        assertContains("{\"type\":\"pong\",\"id\":1", hears());
        assertEquals(5, inquiries.failed());
    }

    /** As in Tomcat, whose endpoint is not told of an end that a send noticed first. */
    @Test
    void whoseSendFailedIsGoneAfterAWhileThoughTheContainerSaysNothing() throws InterruptedException {
        asks(PING);
        hears();
        connection.endWhenLost(1_000_000_000L);
        assertEquals(List.of(), ended);
        wire.isBroken = true;
        asks(PING);
        hears();
        connection.endWhenLost(1_000_000_000L);
        assertEquals(List.of(), ended);
        clock.advance(Duration.ofSeconds(2));
        connection.endWhenLost(1_000_000_000L);
        assertEquals(List.of(connection), ended);
        assertEquals("closed INTERNAL_ERROR", hears());
        assertEquals("cut", hears());
    }

    @Test
    void whatComesTooFastIsRefusedWithItsIdAndMayBeAskedAgain() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            asks("{\"type\":\"ping\",\"id\":" + i + "}");
        }
        for (int i = 0; i < 1_000; i++) {
            String answer = hears();
            String expected = i < 40
                    ? "{\"type\":\"pong\",\"id\":" + i + ","
                    : "{\"type\":\"error\",\"id\":" + i + ",\"code\":429,\"reason\":\"rate_limited\",";
            assertTrue(answer.startsWith(expected), answer);
            assertTrue(i < 40 || answer.endsWith("\"retry\":true}"), answer);
        }
        clock.advance(Duration.ofSeconds(1));
        asks(PING);
        assertContains("\"pong\"", hears());
    }

    /** Asks four times what is allowed for so long; answers whether that ended the connection. */
    private boolean isEndedAfter(Duration floodOf) throws InterruptedException {
        Duration step = Duration.ofMillis(100);
        int asked = 0;
        for (Duration time = Duration.ZERO; time.compareTo(floodOf) < 0; time = time.plus(step)) {
            for (int i = 0; i < 8; i++) {
                asks(PING);
                asked++;
            }
            clock.advance(step);
        }
        for (; asked > 0; asked--) {
            String text = hears();
            if (text.startsWith("closed")) {
                assertEquals("closed POLICY_VIOLATION", text);
                return true;
            }
        }
        return false;
    }

    @Test
    void nineSecondsOfTooManyRequestsAreBorne() throws InterruptedException {
        assertFalse(isEndedAfter(Duration.ofSeconds(9)));
    }

    @Test
    void elevenSecondsAndMoreOfTooManyRequestsAreNot() throws InterruptedException {
        assertTrue(isEndedAfter(Duration.ofSeconds(13)));
    }

    @Test
    void whoPausesBeginsAnew() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            assertFalse(isEndedAfter(Duration.ofSeconds(7)));
            clock.advance(Duration.ofSeconds(5));
        }
    }

    @Test
    void theEleventhSenselessRequestIsAnsweredAndIsTheLast() throws InterruptedException {
        List<String> rubbish = List.of("{", "[]", "{\"type\":5}", "{\"type\":\"nonsense\"}");
        for (int i = 0; i < 11; i++) {
            asks(rubbish.get(i % rubbish.size()));
        }
        asks(PING);
        connection.binary();
        for (int i = 0; i < 11; i++) {
            assertContains("\"type\":\"error\"", hears());
        }
        assertEquals("closed POLICY_VIOLATION", hears());
        assertEquals(0, marketThread.size());
    }

    @Test
    void honestMistakesAreNotCounted() throws InterruptedException {
        for (int i = 0; i < 30; i++) {
            asks("{\"type\":\"unsubscribe\",\"channel\":\"weather\"}");
            assertContains("unknown_channel", hears());
        }
        asks(PING);
        assertContains("\"pong\"", hears());
    }

    @Test
    void binaryIsAnsweredOnceAndThenItIsOver() throws InterruptedException {
        connection.binary();
        connection.binary();
        asks(PING);
        assertContains("\"reason\":\"unsupported_data\"", hears());
        assertEquals("closed UNSUPPORTED_DATA", hears());
        assertEquals(0, marketThread.size());
    }

    @Test
    void aHeartbeatIsDueEveryFiveSecondsAndNotMadeUpFor() {
        assertFalse(connection.heartbeatIsDue());
        clock.advance(Duration.ofSeconds(5));
        assertTrue(connection.heartbeatIsDue());
        assertFalse(connection.heartbeatIsDue());
        clock.advance(Duration.ofSeconds(60));
        assertTrue(connection.heartbeatIsDue());
        clock.advance(Duration.ofMillis(1));
        connection.heartbeatIsDue();
        clock.advance(Duration.ofSeconds(4));
        assertFalse(connection.heartbeatIsDue());
    }

    @Test
    void theEndIsToldAndLeavesNothing() throws InterruptedException {
        connection.closed(1006);
        connection.closed(1006);
        settle();
        assertEquals(List.of(connection, connection), ended);
        asks(PING);
        settle();
        assertEquals(0, wire.heard.size());
    }
}
