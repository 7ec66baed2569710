package tickerplant.feed.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tickerplant.feed.EventTarget;
import tickerplant.market.FixedClock;
import tickerplant.market.LogEntry;
import tickerplant.market.Phase;
import tickerplant.market.Status;
import tickerplant.market.Symbol;

/** A keeper of the sample calendar with its thread, and a clock that the test moves. */
class PhaseKeeperTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BlockingQueue<LogEntry> log = new LinkedBlockingQueue<>();
    private Optional<PhaseKeeper> keeper = Optional.empty();

    private FixedClock start(String moment, Optional<Phase> standing) throws IOException {
        return start(moment, standing, log::put);
    }

    private FixedClock start(String moment, Optional<Phase> standing, EventTarget target) throws IOException {
        FixedClock clock = FixedClock.waiting(TradingCalendarTest.micros(moment));
        keeper = Optional.of(
                new PhaseKeeper(TradingCalendar.read(TradingCalendarTest.SAMPLE), target, () -> standing, clock));
        keeper.get().start();
        return clock;
    }

    @AfterEach
    void stop() throws InterruptedException {
        keeper.orElseThrow().stop(PATIENCE);
        assertTrue(log.isEmpty(), log.toString());
    }

    private void tells(Phase phase, String moment) throws InterruptedException {
        assertEquals(
                new Status(Symbol.WHOLE_MARKET, phase, "", TradingCalendarTest.micros(moment)),
                log.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void itTellsWhatTheMarketIsInAndEachChangeWhenItIsDue() throws Exception {
        FixedClock clock = start("2026-03-06T20:59:00Z", Optional.empty());
        tells(Phase.OPEN, "2026-03-06T14:30:00Z");
        clock.awaitSleeper();
        clock.advance(Duration.ofSeconds(59));
        clock.awaitSleeper();
        clock.advance(Duration.ofSeconds(1));
        tells(Phase.POST, "2026-03-06T21:00:00Z");
        clock.advance(Duration.ofHours(4));
        tells(Phase.CLOSED, "2026-03-07T01:00:00Z");

        clock.advance(Duration.ofHours(48 + 12).plusMinutes(30));
        tells(Phase.PRE, "2026-03-09T08:00:00Z");
        tells(Phase.OPEN, "2026-03-09T13:30:00Z");
        assertTrue(clock.sleeps().stream().allMatch(sleep -> sleep.toSeconds() <= 30), "a clock may be set");
    }

    @Test
    void aPhaseThatCannotBeToldDoesNotCostTheNextOne() throws Exception {
        FixedClock clock = start("2026-03-06T20:59:59Z", Optional.empty(), entry -> {
            if (entry instanceof Status told && told.phase() == Phase.OPEN) {
                throw new StackOverflowError("as a log does whose classes are gone");
            }
            log.put(entry);
        });
        clock.awaitSleeper();
        clock.advance(Duration.ofSeconds(1));
        tells(Phase.POST, "2026-03-06T21:00:00Z");
    }

    @Test
    void whatIsKnownFromBeforeARestartIsNotToldAgain() throws Exception {
        FixedClock clock = start("2026-03-06T20:59:59Z", Optional.of(Phase.OPEN));
        clock.awaitSleeper();
        clock.advance(Duration.ofSeconds(1));
        tells(Phase.POST, "2026-03-06T21:00:00Z");
    }

    @Test
    void whoWasAsleepTellsAllThatHappenedMeanwhileInOrder() throws Exception {
        FixedClock clock = start("2026-07-09T12:00:00Z", Optional.of(Phase.CLOSED));
        tells(Phase.PRE, "2026-07-09T08:00:00Z");
        clock.awaitSleeper();
        clock.advance(Duration.ofHours(24));
        tells(Phase.OPEN, "2026-07-09T13:30:00Z");
        tells(Phase.POST, "2026-07-09T20:00:00Z");
        tells(Phase.CLOSED, "2026-07-10T00:00:00Z");
        tells(Phase.PRE, "2026-07-10T08:00:00Z");
    }

    @Test
    void pastItsLastDayNothingMoreIsTold() throws Exception {
        FixedClock clock = start("2027-12-31T12:00:00Z", Optional.empty());
        tells(Phase.PRE, "2027-12-31T09:00:00Z");
        clock.awaitSleeper();
        clock.advance(Duration.ofDays(30));
        tells(Phase.OPEN, "2027-12-31T14:30:00Z");
        tells(Phase.POST, "2027-12-31T21:00:00Z");
        tells(Phase.CLOSED, "2028-01-01T01:00:00Z");
    }
}
