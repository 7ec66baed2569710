package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tickerplant.codec.JsonFrames;
import tickerplant.market.FixedClock;
import tickerplant.message.CloseCode;
import tickerplant.message.Frame;
import tickerplant.message.Pong;
import tickerplant.message.RequestId;

/** A sender with its thread, and containers that don't keep to what a wire promises. */
class SenderTest {
    private static final int DEADLINE_SECONDS = 30;

    private final FixedClock clock = FixedClock.at(1_767_225_600_000_000L);
    private final Sender sender = new Sender(clock);
    private final Thread thread = new Thread(sender, "sender under test");

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private Outbox outbox(String name, Wire wire) {
        return new Outbox(name, wire, new JsonFrames(), sender, clock, new Outbox.Bounds(65_536, 65_536, 100, 1 << 16));
    }

    private static Pong pong() {
        return new Pong(RequestId.NONE, "", 1);
    }

    /** What a container has been seen to throw, or might. */
    static Stream<Runnable> failures() {
        return Stream.of(
                SenderTest::overflow,
                () -> {
                    throw new NoClassDefFoundError("org/example/Goodbye");
                },
                () -> {
                    throw new OutOfMemoryError("a test's");
                },
                () -> {
                    throw new IllegalStateException("a test's");
                });
    }

    private static void overflow() {
        throw new StackOverflowError("a test's");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whoseContainerFailsAtASendIsEndedAndTheOthersDoNotNotice(Runnable failure) throws Exception {
        FailingWire failing = new FailingWire(failure, () -> {});
        HeedfulWire heedful = new HeedfulWire();
        Outbox bad = outbox("s-bad", failing);
        Outbox good = outbox("s-good", heedful);
        bad.reply(pong());
        good.reply(pong());
        thread.start();
        heedful.awaitFrame();

        assertEquals(Optional.of(CloseCode.INTERNAL_ERROR), bad.closing());
        assertEquals(List.of(CloseCode.INTERNAL_ERROR.code(), 0), failing.ends());
        assertEquals(1, sender.traffic().volume().of(Traffic.Volume.FAILURES));
        assertTrue(good.closing().isEmpty());

        good.reply(pong());
        bad.reply(pong());
        heedful.awaitFrame();
        assertEquals(1, failing.sends, "nothing is sent to who has been ended");
        assertTrue(thread.isAlive());
    }

    @Test
    void aContainerThatFailsAtTheCloseTooCostsTheOthersNothing() throws Exception {
        FailingWire failing = new FailingWire(SenderTest::overflow, SenderTest::overflow);
        HeedfulWire heedful = new HeedfulWire();
        Outbox bad = outbox("s-bad", failing);
        Outbox good = outbox("s-good", heedful);
        bad.reply(pong());
        good.reply(pong());
        thread.start();
        heedful.awaitFrame();

        assertEquals(1, sender.traffic().volume().of(Traffic.Volume.FAILURES));
        assertEquals(Optional.of(CloseCode.INTERNAL_ERROR), bad.closing());
        assertEquals(List.of(CloseCode.INTERNAL_ERROR.code(), 0), failing.ends());
        assertTrue(thread.isAlive());
    }

    /** Takes frames at once, and says when. */
    private static final class HeedfulWire implements Wire {
        private final Semaphore frames = new Semaphore(0);

        void awaitFrame() throws InterruptedException {
            assertTrue(frames.tryAcquire(DEADLINE_SECONDS, TimeUnit.SECONDS), "no frame came");
        }

        @Override
        public void send(Frame sent, Receipt receipt) {
            receipt.sent();
            frames.release();
        }

        @Override
        public void ping(long number) {
            // nobody answers
        }

        @Override
        public void close(CloseCode code, String reason) {
            throw new AssertionError("closed with " + code);
        }

        @Override
        public void cut() {
            throw new AssertionError("cut");
        }
    }
}
