package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.market.Clock;
import tickerplant.message.CloseCode;
import tickerplant.message.Frame;
import tickerplant.session.Wire;

/** An error in one step of a thread of the service leaves the thread, and everybody else, as they were. */
@Timeout(120)
class OwnThreadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Takes every frame. */
    private static final class QuickWire implements Wire {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public void send(Frame frame, Receipt receipt) {
            heard.add(frame.text());
            receipt.sent();
        }

        @Override
        public void ping(long number) {}

        @Override
        public void close(CloseCode code, String reason) {}

        @Override
        public void cut() {}

        private void hears(String part) throws InterruptedException {
            String text;
            do {
                text = heard.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                assertNotNull(text, part);
            } while (!text.contains(part));
        }
    }

    /** Never takes a frame, and fails when it is closed. */
    private static final class OverflowingWire implements Wire {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public void send(Frame frame, Receipt receipt) {}

        @Override
        public void ping(long number) {}

        @Override
        public void close(CloseCode code, String reason) {
            closed.countDown();
            throw new StackOverflowError("of a test");
        }

        @Override
        public void cut() {}
    }

    private final Tickerplant tickerplant = new Tickerplant(
            Settings.of(Map.of(Setting.HEARTBEAT_MS, List.of("100"), Setting.SLOW_MS, List.of("1000"))),
            List.of(),
            Clock.SYSTEM,
            new SplittableRandom(1));
    private final Sessions sessions = tickerplant.sessions();

    @BeforeEach
    void start() throws Exception {
        tickerplant.start();
    }

    @AfterEach
    void stop() {
        tickerplant.stop();
    }

    private void assertFailed(String thread) {
        assertTrue(tickerplant.failedSteps().get(thread) > 0, () -> "" + tickerplant.failedSteps());
    }

    @Test
    void theMarketGoesOn() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        MarketThread market = new MarketThread(Clock.SYSTEM);
        market.start();
        market.work().put(() -> {
            throw new NoClassDefFoundError("of a test");
        });
        market.work().put(done::countDown);

        assertTrue(done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        assertEquals(1, market.failedSteps());
        assertTrue(market.stop());
    }

    @Test
    void housekeepingGoesOn() throws Exception {
        QuickWire good = new QuickWire();
        OverflowingWire bad = new OverflowingWire();
        sessions.open(bad, "", Optional.empty());
        assertTrue(bad.closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        sessions.open(good, "", Optional.empty());

        good.hears("welcome");
        good.hears("heartbeat");
        good.hears("heartbeat");
        assertFailed("housekeeping");
    }

    @Test
    void connectionsAreStillClosed() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 10; i++) {
            sessions.closer().execute(() -> {
                throw new OutOfMemoryError("of a test");
            });
        }
        sessions.closer().execute(done::countDown);

        assertTrue(done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        assertFailed("closer");
    }
}
