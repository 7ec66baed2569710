package tickerplant.feed.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.feed.FeedRunner;
import tickerplant.market.FixedClock;
import tickerplant.market.Receipt;

/** What becomes of messages when the way into the log fails. */
@Timeout(60)
class PublishedFeedTest {
    /** Runs out of stack at the first messages. */
    private static final class Overflowing implements Ledger {
        private int failures;
        private int dropped;

        Overflowing(int failures) {
            this.failures = failures;
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public long last(String publisher) {
            return 0;
        }

        @Override
        public void enter(String publisher, long pseq, Receipt receipt) {
            if (failures-- > 0) {
                throw new StackOverflowError("of a test");
            }
            receipt.safe();
        }

        @Override
        public void drop() {
            dropped++;
        }

        @Override
        public void again(String publisher, long pseq, Receipt receipt) {
            receipt.lost("nothing is expected to come again");
        }
    }

    @Test
    void whoseMessageEndsInAnErrorHearsThatAndTheNextOnesAreTaken() throws Exception {
        int failures = PublishedFeed.ROOM + 1; // more than there would be room for, were it not given back
        Overflowing ledger = new Overflowing(failures);
        FixedClock clock = FixedClock.at(1_767_225_600_000_000L);
        PublishedFeed feed = new PublishedFeed(ledger, clock);
        FeedRunner runner = new FeedRunner(feed, entry -> {}, clock, new SplittableRandom(1));
        assertEquals(List.of(), runner.instruments());
        BlockingQueue<Outcome> told = new LinkedBlockingQueue<>();

        runner.start();
        for (int i = 0; i <= failures; i++) {
            assertTrue(feed.offer(new Publication("desk", 1, List.of(), symbol -> true, told::add), 30_000));
            assertEquals(
                    i < failures
                            ? new Outcome.Failed("the server failed at this message")
                            : new Outcome.Accepted(0, 0, List.of()),
                    told.poll(30, TimeUnit.SECONDS));
        }
        assertTrue(runner.stop(Duration.ofSeconds(30)));
        assertEquals(failures, ledger.dropped, "what a failed message had told so far belongs to no other");
    }
}
