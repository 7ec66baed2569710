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
import java.util.concurrent.TimeUnit;
import tickerplant.bus.Bus;
import tickerplant.bus.Follower;
import tickerplant.bus.Following;
import tickerplant.bus.Handover;
import tickerplant.bus.Mark;
import tickerplant.bus.Origin;
import tickerplant.bus.Snapshot;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedStatus;
import tickerplant.market.Clock;
import tickerplant.market.Decimal;
import tickerplant.market.FeedState;
import tickerplant.market.Listing;
import tickerplant.market.Market;

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
    private volatile Optional<Following> following = Optional.empty();
    /** The lane of each listing, by its index. */
    private final List<Integer> lanes = new ArrayList<>();

    private final List<List<Listing>> all = new ArrayList<>();
    private final List<Set<Listing>> changed = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "log-rounds");

    SharedLog(Bus bus, MarketThread marketThread, Clock clock, Feeds feeds) {
        this.bus = bus;
        this.marketThread = marketThread.work();
        this.clock = clock;
        this.feeds = feeds;
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

    private void run() {
        try {
            for (long round = 0; true; round++) {
                clock.sleepUntil(clock.nanos() + TimeUnit.SECONDS.toNanos(1));
                if (bus.trouble().isPresent()) {
                    continue; // what is told then would be told too late
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
        } catch (InterruptedException e) {
            // the service stops
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

    /** Follows no more. */
    void stop() throws InterruptedException {
        thread.interrupt();
        TimeUnit.SECONDS.timedJoin(thread, 1);
        following.ifPresent(Following::close);
        bus.close();
    }
}
