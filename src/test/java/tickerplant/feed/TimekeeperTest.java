package tickerplant.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tickerplant.market.FixedClock;
import tickerplant.market.LogEntry;
import tickerplant.market.TimePassed;

class TimekeeperTest {
    private static final long NOON = 1_767_268_800_000_000L;

    private static final TimePassed AT_NOON = new TimePassed("venue", NOON);

    private final BlockingQueue<LogEntry> log = new LinkedBlockingQueue<>();

    @Test
    void eachSecondTheLogIsToldHowFarTimeHasComeForLiveFeedsLessTheGrace() throws InterruptedException {
        FixedClock clock = FixedClock.waiting(NOON + 400_000);
        List<FeedRunner> runners = List.of(
                new FeedRunner(ScriptedFeed.live("venue"), log::put, clock, new Random(1)),
                new FeedRunner(ScriptedFeed.replay("capture"), log::put, clock, new Random(1)));
        Timekeeper timekeeper = new Timekeeper(runners, log::put, clock);
        timekeeper.start();

        clock.awaitSleeper();
        clock.advance(Duration.ofMillis(600));
        assertEquals(AT_NOON, log.poll(10, TimeUnit.SECONDS));
        clock.awaitSleeper();
        clock.advance(Duration.ofSeconds(1));
        assertEquals(new TimePassed("venue", NOON + 1_000_000), log.poll(10, TimeUnit.SECONDS));
        assertEquals(
                List.of(Duration.ofMillis(600), Duration.ofSeconds(1)),
                clock.sleeps().subList(0, 2));
        timekeeper.stop(Duration.ofSeconds(10));
        assertEquals(0, log.size());
    }

    @Test
    void aSecondThatTheLogCouldNotTakeIsNotTheLast() throws InterruptedException {
        FixedClock clock = FixedClock.at(NOON - 500_000);
        FeedRunner venue = new FeedRunner(ScriptedFeed.live("venue"), log::put, clock, new Random(1));
        Timekeeper timekeeper = new Timekeeper(
                List.of(venue),
                entry -> {
                    if (entry.ts() < NOON) {
                        throw new StackOverflowError("of a test");
                    }
                    log.put(entry);
                },
                clock);
        timekeeper.start();

        assertEquals(AT_NOON, log.poll(30, TimeUnit.SECONDS));
        timekeeper.stop(Duration.ofSeconds(30));
    }
}
