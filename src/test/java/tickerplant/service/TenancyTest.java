package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.bus.InProcessBus;
import tickerplant.bus.Node;
import tickerplant.bus.Origin;
import tickerplant.bus.Posting;
import tickerplant.market.Events;
import tickerplant.market.FixedClock;
import tickerplant.market.Tenure;

/** Two nodes that could run the same feed, and the log between them. */
@Timeout(60)
class TenancyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FixedClock clock = FixedClock.waiting(1_767_225_600_000_000L);
    private final InProcessBus bus = new InProcessBus(() -> "e-1", 1_000, clock);
    private final Node log = Node.fromTheStart(bus);
    private final Tenancy one = new Tenancy("desk", "one", PATIENCE, clock);
    private final Tenancy two = new Tenancy("desk", "two", PATIENCE, clock);
    private int read;

    TenancyTest() throws IOException {}

    /** What is to be said stands in the log, and both hear it. */
    private void says(Optional<Posting> posting) throws InterruptedException {
        if (posting.isPresent()) {
            bus.publish(posting.get().entry().orElseThrow(), posting.get().origin());
        }
        hear();
    }

    private void hear() throws InterruptedException {
        log.hearsUntil(() -> log.following().lags().get(0).entries() == 0, "at the end");
        for (; read < log.heard().size(); read++) {
            if (log.heard().get(read).entry() instanceof Tenure said) {
                one.heard(said);
                two.heard(said);
            }
        }
    }

    /** A trade that a node tells as its n-th event of a term. */
    private void trades(long term, long n) throws InterruptedException {
        bus.publish(
                Events.trade("A", 100 * term + n, 1, 1),
                new Origin(SharedOrigin.feed("desk"), Tenancy.position(term, n), 0));
        hear();
    }

    private static boolean claims(Optional<Posting> due) {
        return due.isPresent() && due.get().origin().isKnown();
    }

    private static boolean confirms(Optional<Posting> due) {
        return due.isPresent() && !due.get().origin().isKnown();
    }

    @Test
    void ofTwoClaimsTheFirstOneCounts() throws Exception {
        Optional<Posting> first = one.due();
        Optional<Posting> second = two.due();
        assertTrue(claims(first) && claims(second), "nobody ran it, so both want to");
        says(first);
        says(second);

        assertTrue(confirms(one.due()), "the first one runs it");
        assertEquals(Optional.empty(), two.due());
        assertEquals(1, one.enter());
    }

    @Test
    void whoeverIsSilentIsReplacedAndWhatHeTellsThenCountsNoMore() throws Exception {
        says(one.due());
        trades(1, 1);
        clock.advance(PATIENCE);
        assertEquals(Optional.empty(), two.due(), "not yet");
        clock.advance(Duration.ofMillis(1));
        says(two.due());
        trades(1, 2);
        trades(3, 1);
        trades(1, 3);

        assertEquals(List.of(Events.trade("A", 101, 1, 1), Events.trade("A", 301, 1, 1)), log.heard("A"));
        assertEquals(Optional.empty(), one.due(), "it knows that it was replaced");
        assertTrue(confirms(two.due()), "it runs here");
    }

    @Test
    void whoeverSaysThatHeIsThereIsNotReplaced() throws Exception {
        says(one.due());
        for (int second = 0; second < 10; second++) {
            clock.advance(Duration.ofSeconds(1));
            says(one.due());
            assertEquals(Optional.empty(), two.due());
        }
    }

    @Test
    void whoeverResignsIsReplacedAtOnce() throws Exception {
        says(one.due());
        says(one.resignation());
        assertEquals(Optional.empty(), two.resignation(), "it has nothing to resign from");
        says(two.due());

        assertTrue(confirms(two.due()));
        assertEquals(3, two.enter());
    }

    @Test
    void silenceOfTheLogItselfIsHeldAgainstNobody() throws Exception {
        says(one.due());
        clock.advance(PATIENCE.multipliedBy(3));
        two.excuse();

        assertEquals(Optional.empty(), two.due());
    }

    @Test
    void whoeverComesLaterWaitsForTheOneWhoHadTheTerm() throws Exception {
        Tenancy late = new Tenancy("desk", "late", PATIENCE, clock);
        late.joined(new Origin(SharedOrigin.feed("desk"), Tenancy.position(5, 700), 0));
        assertEquals(Optional.empty(), late.due());
        late.heard(new Tenure("desk", "somebody", 5, 0));
        clock.advance(PATIENCE);
        late.heard(new Tenure("desk", "somebody", 5, 0));
        clock.advance(PATIENCE);
        assertEquals(Optional.empty(), late.due());
        clock.advance(Duration.ofMillis(1));

        assertEquals(Tenancy.position(7, 0), late.due().orElseThrow().origin().position());
    }

    @Test
    void theThreadThatRunsItIsInterruptedWhenAnotherNodeDoes() throws Exception {
        says(one.due());
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        FutureTask<Boolean> running = new FutureTask<>(() -> {
            one.enter();
            entered.countDown();
            assertThrows(InterruptedException.class, never::await);
            return one.leave();
        });
        Thread thread = new Thread(running, "runs the feed");
        thread.setDaemon(true);
        thread.start();
        assertTrue(entered.await(30, TimeUnit.SECONDS), "it does not run");
        clock.advance(PATIENCE.plusMillis(1));
        says(two.due());

        assertTrue(running.get(30, TimeUnit.SECONDS), "it was told why");
        assertFalse(one.leave(), "it was told once");
    }
}
