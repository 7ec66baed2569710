package tickerplant.service;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tickerplant.bus.Bus;
import tickerplant.bus.Follower;
import tickerplant.bus.Following;
import tickerplant.bus.Handover;
import tickerplant.bus.Mark;
import tickerplant.bus.Origin;
import tickerplant.bus.Posting;
import tickerplant.bus.Snapshot;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedStatus;
import tickerplant.feed.LastWord;
import tickerplant.feed.LogThrottle;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.market.Decimal;
import tickerplant.market.FeedState;
import tickerplant.market.Listing;
import tickerplant.market.Market;
import tickerplant.market.Quote;
import tickerplant.market.StatusUpdate;
import tickerplant.market.Tenure;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;

/**
 * What it takes to be one of many nodes that share a log: joins it, keeps what symbols have become for those who join later,
 * and tells the others how the feeds of this node are. What is changed and kept belongs to the market thread.
 */
final class SharedLog {
    private static final Logger LOG = System.getLogger(SharedLog.class.getName());
    private static final Duration JOINING = Duration.ofMinutes(5);
    private static final int ROUNDS_BETWEEN_KEEPING = 5;

    private final Bus bus;
    private final Handover<Runnable> marketThread;
    private final Clock clock;
    private final Feeds feeds;
    private final List<Tenancy> tenancies;
    private volatile boolean leaving;
    private volatile Optional<Following> following = Optional.empty();
    /** The lane of each listing, by its index. */
    private final List<Integer> lanes = new ArrayList<>();

    private final List<List<Listing>> all = new ArrayList<>();
    private final List<Set<Listing>> changed = new ArrayList<>();
    private final LogThrottle failures;
    private final Thread thread = new Thread(this::run, "log-rounds");

    /**
     * A log that this node has not joined yet.
     *
     * @param tenancies of the feeds here that one node at a time may run
     */
    SharedLog(Bus bus, MarketThread marketThread, Clock clock, Feeds feeds, List<Tenancy> tenancies) {
        this.bus = bus;
        this.marketThread = marketThread.work();
        this.clock = clock;
        this.feeds = feeds;
        this.tenancies = tenancies;
        this.failures = new LogThrottle(LOG, clock, "the shared log");
        for (int lane = 0; lane < bus.lanes(); lane++) {
            all.add(new ArrayList<>());
            changed.add(new LinkedHashSet<>());
        }
        thread.setDaemon(true);
    }

    /**
     * Joins: the market is what the log's snapshot says, and follows the log from there until it has caught up.
     *
     * @throws IOException where it can't be; the message is one line for a person
     */
    void join(Market market, Follower follower) throws IOException, InterruptedException {
        Optional<Snapshot> snapshot = bus.snapshot();
        snapshot.ifPresent(state ->
                marketThread.put(() -> state.listings().forEach(each -> market.recall(each, bus.lane(each.symbol())))));
        List<Mark> from = snapshot.map(Snapshot::marks).orElseGet(() -> Collections.nCopies(bus.lanes(), Mark.START));
        following = Optional.of(bus.follow(marketThread, from, follower));
        catchUp();
        tenancies.forEach(tenancy -> tenancy.joined(following().held(SharedOrigin.feed(tenancy.feed()))));
        LOG.log(
                Level.INFO,
                "joined the log epoch=" + bus.epoch() + " lanes=" + bus.lanes() + " symbols="
                        + snapshot.map(state -> state.listings().size()).orElse(0));
    }

    /** Waits until this node has heard what is in the log. */
    void catchUp() throws IOException, InterruptedException {
        if (!following().catchUp(JOINING)) {
            throw new IOException("the log was not read to its end within " + JOINING.toMinutes() + " min"
                    + bus.trouble().map(why -> ": " + why).orElse(""));
        }
    }

    /** From now on it keeps, and tells. */
    void start() {
        thread.start();
    }

    /** Once it has joined. */
    Following following() {
        return following.orElseThrow();
    }

    /** Why nothing more is heard; empty where all is well. */
    Optional<String> failure() {
        return following.flatMap(Following::failure);
    }

    Bus bus() {
        return bus;
    }

    /** A symbol is new. For the market thread. */
    void listed(Listing listing) {
        int lane = bus.lane(listing.instrument().symbol());
        lanes.add(lane);
        all.get(lane).add(listing);
        changed(listing);
    }

    /** What a symbol is has changed. For the market thread. */
    void changed(Listing listing) {
        changed.get(lanes.get(listing.index())).add(listing);
    }

    /** The log says who runs a feed. The same is said in all lanes, and of two who say it at once the first one of this lane counts. */
    void heard(Tenure said, int lane) {
        if (lane == 0) {
            tenancies.stream()
                    .filter(tenancy -> tenancy.feed().equals(said.feed()))
                    .forEach(tenancy -> tenancy.heard(said));
        }
    }

    /**
     * What the log tells last of the symbols of a feed, up to now. Not for the market thread.
     *
     * @throws IOException where the log can't be read to its end
     */
    List<LastWord> past(String feed) throws IOException, InterruptedException {
        catchUp();
        FutureTask<List<LastWord>> taken = new FutureTask<>(() -> all.stream()
                .flatMap(List::stream)
                .filter(listing -> listing.feed().equals(feed))
                .filter(listing -> !listing.instrument().symbol().isWholeMarket())
                .map(SharedLog::lastWord)
                .toList());
        marketThread.put(taken);
        try {
            return taken.get(JOINING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the market was not asked within " + JOINING.toMinutes() + " min", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("what was told last of " + feed + " can't be said", e.getCause());
        }
    }

    private static LastWord lastWord(Listing listing) {
        Quote quote = listing.ticker().ticker().quote();
        Update trade = listing.standing(Channel.TRADES);
        Update status = listing.standing(Channel.STATUS);
        return new LastWord(
                listing.instrument(),
                trade instanceof TradeUpdate last ? Optional.of(last.trade()) : Optional.empty(),
                quote.bidPrice() != Decimal.ABSENT || quote.askPrice() != Decimal.ABSENT,
                status instanceof StatusUpdate last ? Optional.of(last.status().phase()) : Optional.empty(),
                listing.ticker().ticker().ts());
    }

    private void run() {
        try {
            for (long round = 0; !leaving; round++) {
                perform(round);
                clock.sleepUntil(clock.nanos() + TimeUnit.SECONDS.toNanos(1));
            }
        } catch (InterruptedException e) {
            // the service stops
        }
        resign();
    }

    /** A round that fails costs nothing but itself. */
    private void perform(long round) throws InterruptedException {
        try {
            if (bus.trouble().isPresent()) {
                tenancies.forEach(Tenancy::excuse); // what is told then would be told too late
            } else {
                tell(round);
            }
        } catch (RuntimeException | Error e) {
            failures.error("a round failed", e);
        }
    }

    private void tell(long round) throws InterruptedException {
        for (Tenancy tenancy : tenancies) {
            tell(tenancy.due());
        }
        for (FeedStatus status : feeds.local()) {
            bus.publish(state(status), Origin.NONE);
        }
        if (round % ROUNDS_BETWEEN_KEEPING == 0) {
            for (int lane = 0; lane < bus.lanes(); lane++) {
                int here = lane;
                marketThread.put(() -> keep(here));
            }
        }
    }

    private void tell(Optional<Posting> posting) throws InterruptedException {
        if (posting.isPresent()) {
            bus.publish(posting.get().entry().orElseThrow(), posting.get().origin());
        }
    }

    /** So that another node needn't wait until this one has been silent for long. */
    private void resign() {
        try {
            if (leaving && bus.trouble().isEmpty()) {
                for (Tenancy tenancy : tenancies) {
                    tell(tenancy.resignation());
                }
            }
        } catch (InterruptedException e) {
            // nobody waits for it any longer
        }
    }

    private FeedState state(FeedStatus status) {
        return new FeedState(
                status.name(),
                status.mode() == Feed.Mode.REPLAY,
                status.state().name(),
                status.ageMillis().orElse(Decimal.ABSENT),
                clock.micros());
    }

    private void keep(int lane) {
        Mark mark = following().mark(lane);
        Bus.Wanted wanted = bus.wanted(lane, mark);
        if (wanted == Bus.Wanted.NOTHING) {
            return;
        }
        Collection<Listing> due = wanted == Bus.Wanted.CHANGES ? changed.get(lane) : all.get(lane);
        bus.keep(lane, mark, due.stream().map(Listing::remembered).toList());
        changed.get(lane).clear();
    }

    /** The feeds of this node have ended; others may go on with them. */
    void leave() throws InterruptedException {
        leaving = true;
        thread.interrupt();
        TimeUnit.SECONDS.timedJoin(thread, 1);
    }

    /** Follows no more. */
    void stop() throws InterruptedException {
        thread.interrupt();
        TimeUnit.SECONDS.timedJoin(thread, 1);
        following.ifPresent(Following::close);
        bus.close();
    }
}
