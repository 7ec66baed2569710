package tickerplant.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tickerplant.market.Cancel;
import tickerplant.market.DayRoll;
import tickerplant.market.Deadline;
import tickerplant.market.Decimal;
import tickerplant.market.FixedClock;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.LogEntry;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.TimePassed;
import tickerplant.market.Trade;

class FeedRunnerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long NOON = micros("2026-03-10T16:00:00Z");
    private static final Listed AAPL = listed("AAPL");
    private static final Listed MSFT = listed("MSFT");

    private final RecordingLogger logger = new RecordingLogger();
    private final BlockingQueue<LogEntry> log = new LinkedBlockingQueue<>();
    private FixedClock clock = FixedClock.at(NOON);
    private FeedRunner runner;

    @AfterEach
    void stop() throws InterruptedException {
        if (runner != null) {
            assertTrue(runner.stop(PATIENCE));
        }
    }

    @Test
    void whatIsValidEntersTheLogInOrderAndWhatIsNotIsRefusedByItself() throws Exception {
        Trade good = trade("AAPL", 18932, NOON);
        Trade bad = trade("AAPL", -1, NOON);
        Trade foreign = trade("IBM", 18932, NOON);
        Quote quote = new Quote(AAPL.symbol(), 18931, 100, 18933, 200, NOON);
        Cancel cancel = new Cancel(AAPL.symbol(), "1", NOON);
        Status status = new Status(AAPL.symbol(), Phase.HALTED, "", NOON);
        ScriptedFeed feed = ScriptedFeed.live("venue", AAPL)
                .tells(good, bad, foreign, quote, cancel, status)
                .waits();
        start(feed);

        assertEquals(List.of(good, quote, cancel, status), hear(4));
        awaitOthers(1);
        assertEquals(
                new FeedStatus(
                        "venue",
                        Feed.Mode.LIVE,
                        FeedStatus.State.LIVE,
                        1,
                        1,
                        1,
                        1,
                        2,
                        0,
                        OptionalLong.of(0),
                        "refused Trade of IBM, not listed"),
                runner.status());
        assertEquals(
                List.of("WARNING feed venue: refused Trade of AAPL, price is -1, expected a positive price"),
                logger.lines());
    }

    @Test
    void aListingWhileItRunsAddsASymbolAndTheSameAgainIsDroppedQuietly() throws Exception {
        Trade trade = trade("MSFT", 50000, NOON);
        start(ScriptedFeed.live("venue", AAPL).tells(AAPL, MSFT, MSFT, trade));

        assertEquals(List.of(MSFT, trade), hear(2));
        awaitEnd();
        assertEquals(0, runner.status().refused());
    }

    @Test
    void whatIsKnownFromBeforeARestartKeepsItsFeedAndItsSteps() throws Exception {
        Owners owners = new Owners();
        Instrument finer = new Instrument(new Symbol("IBM"), "IBM", "USD", "X", 3, 0, ZoneId.of("America/New_York"));
        owners.keep(AAPL.instrument(), "venue");
        owners.keep(MSFT.instrument(), "other");
        owners.keep(finer, "venue");
        runner = new FeedRunner(
                ScriptedFeed.live("venue").tells(listed("IBM"), MSFT, AAPL), log::put, clock, new Random(1), owners);
        runner.instruments();
        runner.start();

        assertEquals(List.of(AAPL), hear(1));
        awaitThat(() -> runner.status()
                .lastProblem()
                .equals("refused Listed of MSFT, symbol belongs to the feed other, which named it first"));
        assertEquals(2, runner.status().refused());
    }

    @Test
    void instrumentsAreGivenOnceEachAndBadOnesAreRefused() throws Exception {
        Listed foreign = new Listed(MSFT.instrument(), "other", Decimal.ABSENT, NOON);
        runner = runner(ScriptedFeed.live("venue", AAPL, foreign, AAPL));

        assertEquals(List.of(AAPL), runner.instruments());
        assertEquals(1, runner.status().refused());
        assertThrows(IllegalStateException.class, runner::instruments);
    }

    @Test
    void itStartsOnceAndOnlyAfterItsInstrumentsWereRead() throws Exception {
        runner = runner(ScriptedFeed.live("venue").waits());
        assertThrows(IllegalStateException.class, runner::start);
        runner.instruments();
        runner.start();
        assertThrows(IllegalStateException.class, runner::start);
    }

    @Test
    void aDayRollComesBeforeTheFirstEventOfALaterDayInTheInstrumentsOwnZone() throws Exception {
        Trade last = trade("AAPL", 18932, micros("2026-03-11T03:59:59.999999Z"));
        Trade first = trade("AAPL", 18933, micros("2026-03-11T04:00:00Z"));
        Trade late = trade("AAPL", 18934, micros("2026-03-11T03:00:00Z"));
        Trade other = trade("MSFT", 50000, micros("2026-03-11T05:00:00Z"));
        start(ScriptedFeed.replay("capture", listed("AAPL", "capture"), listed("MSFT", "capture"))
                .tells(last, first, late, other));

        TimePassed midnight = new TimePassed("capture", first.ts());
        TimePassed oneHourLater = new TimePassed("capture", other.ts());
        TimePassed backForWhatIsLate = new TimePassed("capture", late.ts());
        assertEquals(
                List.of(
                        last,
                        midnight,
                        new DayRoll(AAPL.symbol(), first.ts()),
                        first,
                        backForWhatIsLate,
                        late,
                        oneHourLater,
                        other),
                hear(8));
        awaitEnd();
        assertEquals(1, runner.status().others());
    }

    @Test
    void aLiveEventFarAheadOfTheClockDoesNotStartADay() throws Exception {
        Trade wrong = trade("AAPL", 18932, NOON + Duration.ofDays(3).toNanos() / 1_000);
        Trade right = trade("AAPL", 18932, NOON);
        start(ScriptedFeed.live("venue", AAPL).tells(right, wrong, right));

        assertEquals(List.of(right, right), hear(2));
        awaitEnd();
        assertEquals(1, runner.status().refused());
    }

    @Test
    void aLostSourceIsTriedAgainAfterLongerAndLongerWaitsAndLoggedOnce() throws Exception {
        ScriptedFeed feed = ScriptedFeed.live("venue", AAPL);
        for (int i = 0; i < 6; i++) {
            feed.loses("connection\nreset");
        }
        start(feed.tells(trade("AAPL", 18932, NOON)));

        hear(1);
        awaitEnd();
        List<Duration> waits = clock.sleeps();
        long[] bounds = {2, 4, 8, 16, 30, 30};
        assertEquals(bounds.length, waits.size());
        for (int i = 0; i < bounds.length; i++) {
            double seconds = waits.get(i).toNanos() / 1e9;
            assertTrue(seconds >= bounds[i] / 2.0 && seconds <= bounds[i], "wait " + i + ": " + seconds);
        }
        assertEquals(
                List.of(
                        "WARNING feed venue is down, tried again until it works, IOException: connection\\u000areset",
                        "INFO feed venue ended: 1 trades, 0 quotes, 0 refused, 0 damaged"),
                logger.lines());
        assertEquals("IOException: connection\\u000areset", runner.status().lastProblem());
    }

    @Test
    void theWaitsStartAnewOnceAnEventHasArrived() throws Exception {
        start(ScriptedFeed.live("venue", AAPL)
                .loses("first")
                .loses("still")
                .tells(trade("AAPL", 18932, NOON))
                .loses("second"));

        awaitEnd();
        List<Duration> waits = clock.sleeps();
        assertEquals(3, waits.size());
        assertTrue(waits.get(1).compareTo(Duration.ofSeconds(2)) >= 0, waits.toString());
        assertTrue(waits.get(2).compareTo(Duration.ofSeconds(2)) <= 0, waits.toString());
        assertEquals(3, logger.lines().size(), logger.lines().toString());
    }

    @Test
    void aFeedIsDownUntilAnEventOfALaterAttemptArrives() throws Exception {
        clock = FixedClock.waiting(NOON);
        CountDownLatch connected = new CountDownLatch(1);
        runner = runner(ScriptedFeed.live("venue", AAPL)
                .loses("gone")
                .waits(connected)
                .tells(trade("AAPL", 18932, NOON))
                .waits());
        runner.instruments();
        assertEquals(FeedStatus.State.CONNECTING, runner.status().state());
        assertEquals(OptionalLong.empty(), runner.status().ageMillis());
        runner.start();

        clock.awaitSleeper();
        assertEquals(FeedStatus.State.DOWN, runner.status().state());
        assertEquals("down", runner.status().word());
        clock.advance(Duration.ofSeconds(2));
        assertEquals(FeedStatus.State.DOWN, runner.status().state());
        connected.countDown();
        hear(1);
        assertEquals(FeedStatus.State.LIVE, runner.status().state());
        assertEquals("live", runner.status().word());
    }

    @Test
    void aBugInAFeedIsLoggedOnceWithItsStackAndTheFeedIsTriedAgain() throws Exception {
        start(ScriptedFeed.live("venue", AAPL)
                .does(sink -> {
                    throw new StackOverflowError("bug");
                })
                .breaks("bug")
                .tells(trade("AAPL", 18932, NOON)));

        hear(1);
        awaitEnd();
        assertEquals(1, logger.failures().size());
        assertEquals("bug", logger.failures().get(0).getMessage());
        assertEquals(2, clock.sleeps().size());
    }

    @Test
    void aLiveFeedThatIsSilentForTooLongIsStaleAndAReplayIsNot() throws Exception {
        start(ScriptedFeed.live("venue", AAPL).tells(trade("AAPL", 18932, NOON)).waits());
        hear(1);
        clock.advance(FeedRunner.STALE_AFTER);
        assertEquals("live", runner.status().word());
        clock.advance(Duration.ofMillis(1));
        assertEquals(FeedStatus.State.STALE, runner.status().state());
        assertEquals("stale", runner.status().word());
        assertEquals(OptionalLong.of(10_001), runner.status().ageMillis());
        stop();

        start(ScriptedFeed.replay("capture", listed("AAPL", "capture"))
                .tells(trade("AAPL", 18932, NOON))
                .waits());
        hear(1);
        clock.advance(Duration.ofHours(1));
        assertEquals(FeedStatus.State.REPLAY, runner.status().state());
        assertEquals("replay", runner.status().word());
    }

    @Test
    void aReplayThatHasEndedSaysWhatItTold() throws Exception {
        start(ScriptedFeed.replay("capture", listed("AAPL", "capture"))
                .damaged("packet 17 at byte 20481", "cut short")
                .tells(trade("AAPL", 18932, NOON), trade("AAPL", 0, NOON)));

        awaitEnd();
        assertEquals(FeedStatus.State.ENDED, runner.status().state());
        assertEquals("replay", runner.status().word());
        assertEquals(
                List.of(
                        "WARNING feed capture: skipped packet 17 at byte 20481, cut short",
                        "WARNING feed capture: suppressed 1",
                        "INFO feed capture ended: 1 trades, 0 quotes, 1 refused, 1 damaged"),
                logger.lines());
    }

    @Test
    void aStoppedFeedIsInterruptedAndNotTriedAgainWhateverItMakesOfIt() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        start(ScriptedFeed.live("venue", AAPL).does(sink -> {
            try {
                waiting.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new ClosedByInterruptException();
            }
        }));
        assertTrue(waiting.await(10, TimeUnit.SECONDS));

        assertTrue(runner.stop(PATIENCE));
        assertEquals(FeedStatus.State.ENDED, runner.status().state());
        assertEquals("down", runner.status().word());
        assertEquals(List.of(), clock.sleeps());
    }

    @Test
    void aFeedWhoseLibrarySwallowsAnInterruptIsToldAgain() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        start(ScriptedFeed.live("venue", AAPL).does(sink -> {
            try {
                waiting.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                new CountDownLatch(1).await();
            }
        }));
        assertTrue(waiting.await(10, TimeUnit.SECONDS));

        assertTrue(runner.stop(PATIENCE));
    }

    @Test
    void aFeedThatTheLogHoldsBackCanBeStopped() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        EventTarget full = event -> {
            held.countDown();
            new CountDownLatch(1).await();
        };
        ScriptedFeed feed = ScriptedFeed.live("venue", AAPL).tells(trade("AAPL", 18932, NOON));
        runner = new FeedRunner(feed, full, clock, new Random(1), FeedRunner.STALE_AFTER, logger);
        runner.instruments();
        runner.start();
        assertTrue(held.await(10, TimeUnit.SECONDS));

        assertTrue(runner.stop(PATIENCE));
        assertEquals(0, runner.status().trades());
    }

    @Test
    void aSourceThatSaysItIsThereIsLiveThoughItHasNothingToTell() throws Exception {
        CountDownLatch said = new CountDownLatch(1);
        start(ScriptedFeed.live("venue", AAPL)
                .does(FeedSink::alive)
                .does(sink -> said.countDown())
                .waits());
        assertTrue(said.await(10, TimeUnit.SECONDS));

        assertEquals(FeedStatus.State.LIVE, runner.status().state());
        assertEquals(OptionalLong.empty(), runner.status().ageMillis());
        clock.advance(FeedRunner.STALE_AFTER.plusMillis(1));
        assertEquals(FeedStatus.State.STALE, runner.status().state());
    }

    @Test
    void aSymbolThatAnotherFeedNamedFirstIsRefusedWithAllItsEvents() throws Exception {
        Owners owners = new Owners();
        assertEquals("first", owners.claim(MSFT.symbol(), "first"));
        Trade mine = trade("AAPL", 18932, NOON);
        runner = new FeedRunner(
                ScriptedFeed.live("venue").tells(MSFT, trade("MSFT", 50000, NOON), AAPL, mine),
                log::put,
                clock,
                new Random(1),
                owners);
        runner.instruments();
        runner.start();

        assertEquals(List.of(AAPL, mine), hear(2));
        awaitThat(() -> runner.status().refused() == 2);
    }

    private FeedRunner runner(ScriptedFeed feed) {
        return new FeedRunner(feed, log::put, clock, new Random(1), FeedRunner.STALE_AFTER, logger);
    }

    private void start(ScriptedFeed feed) throws Exception {
        runner = runner(feed);
        runner.instruments();
        runner.start();
    }

    private List<LogEntry> hear(int count) throws InterruptedException {
        List<LogEntry> heard = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LogEntry event = log.poll(10, TimeUnit.SECONDS);
            assertNotNull(event, "only " + heard);
            heard.add(event);
        }
        return heard;
    }

    private void awaitEnd() {
        awaitThat(() -> logger.lines().stream().anyMatch(line -> line.contains(" ended: ")));
    }

    /** An event is counted just after it has entered the log. */
    private void awaitOthers(long count) {
        awaitThat(() -> runner.status().others() == count);
    }

    private void awaitThat(Deadline.Condition<RuntimeException> condition) {
        await(() -> runner.status() + ", " + logger.lines(), condition);
    }

    private static Trade trade(String symbol, long price, long ts) {
        return new Trade(new Symbol(symbol), price, 100, Side.BUY, "1", "V", Set.of(), ts);
    }

    private static Listed listed(String symbol) {
        return listed(symbol, "venue");
    }

    private static Listed listed(String symbol, String feed) {
        Instrument instrument =
                new Instrument(new Symbol(symbol), symbol, "USD", "X", 2, 0, ZoneId.of("America/New_York"));
        return new Listed(instrument, feed, Decimal.ABSENT, NOON);
    }

    private static long micros(String instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
    }
}
