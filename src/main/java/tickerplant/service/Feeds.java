package tickerplant.service;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import tickerplant.bus.Bus;
import tickerplant.bus.Origin;
import tickerplant.feed.Demand;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedRunner;
import tickerplant.feed.FeedStatus;
import tickerplant.feed.Timekeeper;
import tickerplant.hub.Hub;
import tickerplant.market.Clock;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Listing;
import tickerplant.market.Phase;
import tickerplant.market.Symbol;
import tickerplant.message.FeedHealth;
import tickerplant.message.Heartbeat;

/** All feeds of a service. Started and stopped by one thread; how they are may be asked by any. */
public final class Feeds implements Hub.Demand {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final List<FeedRunner> runners;
    private final Timekeeper timekeeper;
    private final Clock clock;
    private final Function<FeedStatus, Optional<FeedStatus>> seen;
    private final RemoteFeeds remote;
    private final boolean shared;
    private final Map<String, Demand> demands = new HashMap<>();

    Feeds(List<FeedRunner> runners, Timekeeper timekeeper, Clock clock) {
        this(runners, timekeeper, clock, Optional::of);
    }

    /**
     * These feeds.
     *
     * @param seen what is told of a feed's state, or that nothing is
     */
    Feeds(
            List<FeedRunner> runners,
            Timekeeper timekeeper,
            Clock clock,
            Function<FeedStatus, Optional<FeedStatus>> seen) {
        this(runners, timekeeper, clock, seen, new RemoteFeeds(clock), false);
    }

    /**
     * These feeds, among others on other nodes.
     *
     * @param remote what the log says of all
     * @param shared whether there are other nodes
     */
    Feeds(
            List<FeedRunner> runners,
            Timekeeper timekeeper,
            Clock clock,
            Function<FeedStatus, Optional<FeedStatus>> seen,
            RemoteFeeds remote,
            boolean shared) {
        this.remote = remote;
        this.shared = shared;
        this.seen = seen;
        this.runners = List.copyOf(runners);
        for (FeedRunner runner : runners) {
            demands.put(runner.name(), runner.demand());
        }
        this.timekeeper = timekeeper;
        this.clock = clock;
    }

    /**
     * Lists every instrument that the feeds know beforehand. A symbol belongs to the feed that names it first.
     *
     * @throws IOException where a feed can't read them, or two feeds name the same symbol
     */
    void list(Bus log) throws IOException, InterruptedException {
        for (FeedRunner runner : runners) {
            for (Listed listed : runner.instruments()) {
                log.publish(listed, Origin.NONE);
            }
        }
    }

    /** Lets those that live in the present go on where they were before a restart, and names the others. */
    List<String> goOn(Map<Symbol, Long> lastEvents) {
        runners.forEach(runner -> runner.goOn(lastEvents));
        return statuses().stream()
                .filter(status -> status.mode() == Feed.Mode.REPLAY)
                .map(FeedStatus::name)
                .toList();
    }

    /** What the feed of that name knew before a restart it knows still. */
    void goOn(Instrument instrument, String feed) {
        runners.stream().filter(runner -> runner.name().equals(feed)).forEach(runner -> runner.goOn(instrument));
    }

    void start() {
        runners.forEach(FeedRunner::start);
        timekeeper.start();
    }

    void stop() throws InterruptedException {
        timekeeper.stop(PATIENCE);
        for (FeedRunner runner : runners) {
            runner.stop(PATIENCE);
        }
    }

    @Override
    public void wanted(Listing listing) {
        demands.getOrDefault(listing.feed(), Demand.IGNORED)
                .wanted(listing.instrument().symbol());
    }

    @Override
    public void released(Listing listing) {
        demands.getOrDefault(listing.feed(), Demand.IGNORED)
                .released(listing.instrument().symbol());
    }

    /** How each of them is, and where there are other nodes, those of others. */
    public List<FeedStatus> statuses() {
        List<FeedStatus> local = local();
        if (!shared) {
            return local;
        }
        List<FeedStatus> all = new ArrayList<>();
        local.forEach(status -> all.add(remote.seen(status)));
        all.addAll(remote.elsewhere(local));
        return all;
    }

    /** How each of those is that run here. */
    List<FeedStatus> local() {
        return runners.stream()
                .flatMap(runner -> seen.apply(runner.status()).stream())
                .toList();
    }

    /** Each goes on after what the log already has of it. */
    void goOn(ToLongFunction<String> told) {
        for (FeedRunner runner : runners) {
            long position = told.applyAsLong(runner.name());
            if (position > 0) {
                runner.goOn(position);
            }
        }
    }

    /** A heartbeat for somebody who follows these feeds, or who follows nothing yet and is told of all. */
    Heartbeat heartbeat(Set<String> followed, Optional<Phase> market) {
        FeedHealth worst = FeedHealth.LIVE;
        OptionalLong age = OptionalLong.empty();
        List<FeedStatus> concerned = new ArrayList<>();
        for (FeedStatus status : statuses()) {
            if (followed.isEmpty() || followed.contains(status.name())) {
                concerned.add(status);
            }
        }
        if (concerned.isEmpty()) {
            worst = FeedHealth.DOWN;
        }
        for (FeedStatus status : concerned) {
            FeedHealth health = health(status);
            if (age.isEmpty() || health.compareTo(worst) > 0) {
                age = status.ageMillis();
            }
            worst = health.compareTo(worst) > 0 ? health : worst;
        }
        return new Heartbeat(clock.micros(), worst, age, market);
    }

    private static FeedHealth health(FeedStatus status) {
        return switch (status.word()) {
            case "live" -> FeedHealth.LIVE;
            case "replay" -> FeedHealth.REPLAY;
            case "stale" -> FeedHealth.STALE;
            default -> FeedHealth.DOWN;
        };
    }
}
