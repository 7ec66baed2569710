package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tickerplant.bus.InProcessBus;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedRunner;
import tickerplant.feed.Owners;
import tickerplant.feed.ScriptedFeed;
import tickerplant.feed.Timekeeper;
import tickerplant.market.Events;
import tickerplant.market.FixedClock;
import tickerplant.market.Listed;
import tickerplant.message.FeedHealth;
import tickerplant.message.Heartbeat;

class FeedsTest {
    private final FixedClock clock = FixedClock.waiting(1_767_225_600_000_000L);
    private Feeds feeds = new Feeds(List.of(), new Timekeeper(List.of(), entry -> {}, clock), clock);
    private CountDownLatch played = new CountDownLatch(0);

    private void run(int events, Feed... all) throws IOException, InterruptedException {
        played = new CountDownLatch(events);
        List<FeedRunner> runners = new ArrayList<>();
        Owners owners = new Owners();
        for (Feed feed : all) {
            runners.add(new FeedRunner(feed, event -> played.countDown(), clock, new SplittableRandom(1), owners));
        }
        feeds = new Feeds(runners, new Timekeeper(List.of(), entry -> {}, clock), clock);
        feeds.list(new InProcessBus(() -> "e-1", 0, clock));
        feeds.start();
        assertTrue(played.await(10, TimeUnit.SECONDS));
    }

    @AfterEach
    void stop() throws InterruptedException {
        feeds.stop();
    }

    private void assertHeartbeat(FeedHealth health, OptionalLong age, String... followed) {
        assertEquals(
                new Heartbeat(clock.micros(), health, age, Optional.empty()),
                feeds.heartbeat(Set.of(followed), Optional.empty()));
    }

    private static Listed listed(String symbol, String feed) {
        return new Listed(Events.listed(symbol, 100).instrument(), feed, 100, 1);
    }

    private static ScriptedFeed live(String name, String symbol) {
        return ScriptedFeed.live(name, listed(symbol, name))
                .tells(Events.trade(symbol, 101, 1, 1_767_225_600_000_000L))
                .waits();
    }

    @Test
    void withoutAFeedThereIsNoSource() {
        assertHeartbeat(FeedHealth.DOWN, OptionalLong.empty());
    }

    @Test
    void theAgeIsThatOfTheLastEventAndAfterAWhileTheFeedIsStale() throws Exception {
        run(1, live("a", "A"));
        assertHeartbeat(FeedHealth.LIVE, OptionalLong.of(0), "a");
        clock.advance(Duration.ofMillis(40));
        assertHeartbeat(FeedHealth.LIVE, OptionalLong.of(40), "a");
        clock.advance(Duration.ofSeconds(11));
        assertHeartbeat(FeedHealth.STALE, OptionalLong.of(11_040), "a");
    }

    @Test
    void theWorstOfThoseThatAreFollowedCounts() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        run(
                2,
                live("live", "A"),
                ScriptedFeed.replay("replay", listed("B", "replay"))
                        .tells(Events.trade("B", 101, 1, 1_767_225_600_000_000L))
                        .waits(),
                ScriptedFeed.live("silent", listed("C", "silent"))
                        .does(sink -> gone.countDown())
                        .waits());
        assertTrue(gone.await(10, TimeUnit.SECONDS));
        clock.advance(Duration.ofMillis(7));

        assertHeartbeat(FeedHealth.LIVE, OptionalLong.of(7), "live");
        assertHeartbeat(FeedHealth.REPLAY, OptionalLong.of(7), "replay");
        assertHeartbeat(FeedHealth.REPLAY, OptionalLong.of(7), "live", "replay");
        assertHeartbeat(FeedHealth.STALE, OptionalLong.empty(), "silent");
        assertHeartbeat(FeedHealth.STALE, OptionalLong.empty(), "live", "silent");
        assertHeartbeat(FeedHealth.STALE, OptionalLong.empty());
        assertHeartbeat(FeedHealth.DOWN, OptionalLong.empty(), "nobody");
    }

    @Test
    void aSymbolThatTwoFeedsNameIsRefusedWithBothNames() {
        IOException refused = assertThrows(IOException.class, () -> run(0, live("a", "A"), live("b", "A")));
        assertTrue(
                refused.getMessage().startsWith("A comes from feed a and from feed b; expected"), refused.getMessage());
    }
}
