package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Checker;
import tickerplant.checker.Key;
import tickerplant.checker.Observatory;
import tickerplant.codec.CommandReader;
import tickerplant.codec.JsonFrames;
import tickerplant.codec.JsonRows;
import tickerplant.hub.Hub;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.market.FixedClock;
import tickerplant.market.Market;
import tickerplant.market.Symbol;
import tickerplant.message.CloseCode;
import tickerplant.message.FeedHealth;
import tickerplant.message.Frame;
import tickerplant.message.Heartbeat;

/** A client that reads slowly, but steadily, behind buffers such as a network has. */
class SlowReaderTest {
    private static final int BYTES_A_SECOND = 2_000;
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int SYMBOLS = 50;
    private static final int EVENTS_A_SECOND = 1_000;
    private static final int SECONDS = 180;
    private static final int LOOK_MS = 50;
    private static final long SLOW_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long SILENT_NANOS = Duration.ofSeconds(10).toNanos();

    private final FixedClock clock = FixedClock.at(1_767_225_600_000_000L);
    private final Network network = new Network();
    private final Sender sender = new Sender(clock);
    private final Outbox outbox = new Outbox(
            "s-1", network, new JsonFrames(), sender, clock, new Outbox.Bounds(262_144, 262_144, 2_048, 1 << 18));
    private final Hub hub = new Hub(new JsonRows(), (event, reason) -> {}, 1_000);
    private final Market market = new Market(hub, 1_000);
    private final ClientSession session =
            new ClientSession(hub, outbox, clock, "e-1", new ClientSession.Limits(1_000, 100));
    private final Observatory observatory = new Observatory();
    private final Checker checker = observatory.checker("slow");
    private final Set<String> levels = new HashSet<>();
    private final Random random = new Random(5);
    private long events;

    /** Takes frames as long as they fit into its buffers, and hands them on at the speed of the reader. */
    private final class Network implements Wire {
        /** A frame, or a ping where it is empty. */
        private record Item(String text, int bytes, long ping) {}

        private final Deque<Item> items = new ArrayDeque<>();
        private Receipt owed;
        private int buffered;
        private int read;
        private boolean closed;

        @Override
        public void send(Frame frame, Receipt receipt) {
            items.add(new Item(frame.text(), frame.length(), 0));
            buffered += frame.length();
            owed = receipt;
            acknowledge();
        }

        private void acknowledge() {
            if (owed != null && buffered <= BUFFER_BYTES) {
                Receipt receipt = owed;
                owed = null;
                receipt.sent();
            }
        }

        @Override
        public void ping(long number) {
            items.add(new Item("", 0, number));
        }

        @Override
        public void close(CloseCode code, String reason) {
            closed = true;
        }

        @Override
        public void cut() {
            closed = true;
        }

        void deliver(int bytes) {
            read += bytes;
            while (!items.isEmpty() && read >= items.element().bytes) {
                Item item = items.remove();
                read -= item.bytes;
                buffered -= item.bytes;
                acknowledge();
                if (item.ping > 0) {
                    outbox.pong(item.ping);
                } else {
                    heard(item.text);
                }
            }
            read = items.isEmpty() ? 0 : read;
        }
    }

    private void heard(String text) {
        checker.heard(0, text);
        if (text.startsWith("{\"type\":\"flow\"")) {
            levels.add(text.split("\"", -1)[7]);
        }
    }

    /** Lets so much time pass, and nobody think that the client is gone. */
    private void pass(int millis) throws InterruptedException {
        for (int passed = 0; passed < millis; passed += LOOK_MS) {
            clock.advance(Duration.ofMillis(LOOK_MS));
            network.deliver(BYTES_A_SECOND * LOOK_MS / 1_000);
            outbox.tend(Duration.ofSeconds(4).toNanos());
            if (clock.nanos() % Duration.ofSeconds(5).toNanos() == 0) {
                outbox.heartbeat(
                        new Heartbeat(clock.micros(), FeedHealth.LIVE, OptionalLong.empty(), Optional.empty()));
            }
            sender.turn(0);
            assertTrue(outbox.stalledNanos() < SLOW_NANOS, "4000 at " + Duration.ofNanos(clock.nanos()));
            assertTrue(outbox.silentNanos() < SILENT_NANOS, "4001 at " + Duration.ofNanos(clock.nanos()));
        }
    }

    private void move() {
        String symbol = "S" + random.nextInt(SYMBOLS);
        long price = 10_000 + 2 * ++events;
        market.apply(
                random.nextInt(3) == 0
                        ? Events.trade(symbol, price, 100, events)
                        : Events.quote(symbol, price - 1, price, events));
    }

    @Test
    void itIsConflatedAndReducedButNeverCut() throws Exception {
        for (int i = 0; i < SYMBOLS; i++) {
            market.apply(Events.listed("S" + i, 10_000));
        }
        session.begin();
        checker.heard(
                0,
                """
            {"type":"welcome","protocol":"tickerplant.v1","server":"test","session":"s","epoch":"e","ts":1,
             "heartbeat_ms":5000,"auth":"none","channels":[],"intervals":[],"limits":{}}""");
        String request = "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}";
        checker.said(0, request);
        new CommandReader().read(request).execute(session);

        for (int i = 0; i < SECONDS * 1_000 / LOOK_MS; i++) {
            for (int j = 0; j < EVENTS_A_SECOND * LOOK_MS / 1_000; j++) {
                move();
            }
            pass(LOOK_MS);
        }
        assertEquals(Set.of("conflating", "reduced"), levels);

        pass(60_000);
        for (int i = 0; i < SYMBOLS; i++) {
            long last = hub.topic(Channel.TICKER, new Symbol("S" + i))
                    .orElseThrow()
                    .standing()
                    .update()
                    .seq();
            assertEquals(
                    last,
                    checker.folded(Key.of("ticker", "S" + i)).orElseThrow().seq());
        }
        assertEquals(Set.of("conflating", "reduced", "full"), levels);
        assertFalse(network.closed);
        assertEquals(List.of(), observatory.verdict(0));
    }
}
