package tickerplant.service;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tickerplant.bus.Bus;
import tickerplant.bus.InProcessBus;
import tickerplant.bus.Lag;
import tickerplant.bus.Mark;
import tickerplant.bus.Origin;
import tickerplant.codec.JsonFrames;
import tickerplant.codec.JsonRows;
import tickerplant.feed.EventTarget;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedRunner;
import tickerplant.feed.Owners;
import tickerplant.feed.Timekeeper;
import tickerplant.feed.calendar.PhaseKeeper;
import tickerplant.feed.published.PublishedFeed;
import tickerplant.hub.Hub;
import tickerplant.hub.SymbolSearch;
import tickerplant.journal.Journal;
import tickerplant.journal.Restored;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.market.Decimal;
import tickerplant.market.FeedState;
import tickerplant.market.Listed;
import tickerplant.market.Listing;
import tickerplant.market.ListingState;
import tickerplant.market.LogEntry;
import tickerplant.market.Market;
import tickerplant.market.Symbol;
import tickerplant.market.Tenure;
import tickerplant.session.HistoryReader;
import tickerplant.session.Rights;

/**
 * The service, put together: feeds, a calendar, the log, the market thread, hub, senders and the sessions of its clients. It knows no
 * container. Started and stopped by one thread.
 */
public final class Tickerplant {
    private static final Logger LOG = System.getLogger(Tickerplant.class.getName());
    private static final Duration LISTING_DEADLINE = Duration.ofSeconds(30);
    private static final Duration CALENDAR_PATIENCE = Duration.ofMillis(500);
    /** Whoever runs a feed says so every second; after so much silence at least another node may. */
    private static final int LEAST_PATIENCE_MS = 3_000;
    /** How many recent trades are kept, so that they can be taken back. */
    private static final int TAPE_BUDGET = 100_000;
    /** How many recent bars are kept, so that late trades and trades taken back can correct them. */
    private static final int BAR_BUDGET = 400_000;

    /** What the service is doing. */
    public enum State {
        STARTING,
        READY,
        STOPPING
    }

    private final MarketThread marketThread;
    private final Refusals refusals = new Refusals();
    private volatile Bus log;
    private final Settings settings;
    private final Clock clock;
    private final RemoteFeeds remote;
    /** Where the log is shared with other nodes, once it is open. */
    private volatile Optional<SharedLog> shared = Optional.empty();

    private final Journal journal;
    private final Market market;
    private final Hub hub;
    private final Owners owners = new Owners();
    private final Feeds feeds;
    /** Of feeds that one node at a time may run. */
    private final List<Tenancy> tenancies = new ArrayList<>();

    private final Optional<PhaseKeeper> phases;
    private final Sessions sessions;
    private final Access access;
    private final Historian historian;
    private final String freshEpoch;
    private volatile State state = State.STARTING;

    /** Puts a service of these feeds together; nothing runs yet. */
    public Tickerplant(Settings settings, List<Feed> feedList, Clock clock, SplittableRandom random) {
        journal = settings.data()
                .map(folder -> Journal.in(folder, settings.keep(), clock))
                .orElseGet(Journal::none);
        marketThread = new MarketThread(clock);
        freshEpoch = "e-" + HexFormat.of().toHexDigits(random.nextLong());
        access = Access.of(settings, clock);
        hub = new Hub(new JsonRows(), refusals, settings.historyRows(), settings.historyBytes());
        this.settings = settings;
        this.clock = clock;
        boolean isShared = Sharing.brokers(settings).isPresent();
        market = isShared
                ? Market.shared(
                        new Recorded(hub, journal, this::listed, listing -> shared.orElseThrow()
                                .changed(listing)),
                        BAR_BUDGET)
                : new Market(new Recorded(hub, journal, listing -> {}, listing -> {}), TAPE_BUDGET, BAR_BUDGET);
        log = new InProcessBus(journal::epoch, 0, clock);
        List<FeedRunner> runners = new ArrayList<>();
        for (Feed each : feedList) {
            Feed feed = isShared && !each.isNumbered() ? standby(each) : each;
            runners.add(new FeedRunner(feed, target(feed.name(), isShared), clock, random.split(), owners));
        }
        SplittableRandom ofSessions = random.split();
        PublishedFeed publishedFeed;
        FeedRunner publishedRunner;
        if (isShared) {
            SharedLedger ledger = new SharedLedger(() -> shared.orElseThrow(), hub);
            publishedFeed = new PublishedFeed(ledger, clock);
            publishedRunner = new FeedRunner(publishedFeed, ledger, clock, random.split(), owners);
        } else {
            PublishedLog published = new PublishedLog(marketThread.work(), clock, this::enter, journal);
            publishedFeed = new PublishedFeed(published, clock);
            publishedRunner = new FeedRunner(publishedFeed, published, clock, random.split(), owners);
        }
        if (settings.role().feeds()) {
            runners.add(publishedRunner);
        }
        Publishing publishing =
                new Publishing(publishedFeed, access, new Rights(Set.of(), settings.publishSymbols()), settings.role());
        remote = new RemoteFeeds(clock);
        feeds = new Feeds(
                runners, new Timekeeper(runners, this::publish, clock), clock, publishing::seen, remote, isShared);
        phases = settings.role().feeds()
                ? settings.calendar().map(calendar -> new PhaseKeeper(calendar, this::publishPhase, hub::phase, clock))
                : Optional.empty();
        if (!isShared) {
            hub.demand(feeds);
        }
        HistoryReader history = new HistoryReader(hub, journal);
        historian = new Historian(history, marketThread.work());
        sessions = new Sessions(
                settings,
                clock,
                ofSessions,
                hub,
                feeds,
                marketThread,
                new JsonFrames(),
                access,
                publishing,
                journal,
                history);
    }

    private Feed standby(Feed feed) {
        Duration patience =
                Duration.ofMillis(Math.max(LEAST_PATIENCE_MS, settings.number(Setting.KAFKA_TAKEOVER_MS) / 3));
        Tenancy tenancy = new Tenancy(feed.name(), freshEpoch, patience, clock);
        tenancies.add(tenancy);
        return new StandbyFeed(feed, tenancy, name -> shared.orElseThrow().past(name));
    }

    /**
     * Puts a service of the feeds together that the settings ask for.
     *
     * @throws SettingsException where a feed is asked for that can't be
     */
    public static Tickerplant of(Settings settings, Clock clock, SplittableRandom random) {
        List<Feed> feeds = settings.role().feeds() ? FeedFactory.feeds(settings.feeds(), clock) : List.of();
        return new Tickerplant(settings, feeds, clock, random);
    }

    /**
     * Starts everything; once it returns, every instrument that is known beforehand is listed.
     *
     * @throws IOException where a feed can't be opened; the message is one line for a person
     */
    public void start() throws IOException, InterruptedException {
        access.prepare();
        Optional<String> kafka = Sharing.brokers(settings);
        if (kafka.isPresent()) {
            join(KafkaLog.open(kafka.get(), settings, clock));
        } else {
            begin();
        }
        hub.symbols().prepare();
        feeds.start();
        phases.ifPresent(PhaseKeeper::start);
        shared.ifPresent(SharedLog::start);
        state = State.READY;
    }

    /** The log is one that other nodes have, too: what it says comes first, then the feeds of this one. */
    private void join(Bus bus) throws IOException, InterruptedException {
        SharedLog joined = new SharedLog(bus, marketThread, clock, feeds, tenancies);
        shared = Optional.of(joined);
        log = bus;
        journal.open(bus.epoch(), marketThread.work()::put);
        marketThread.start();
        sessions.start();
        joined.join(market, this::follow);
        List<ListingState> known = new ArrayList<>();
        marketThread.work().put(() -> hub.topics(Channel.TICKER, "")
                .forEach(topic -> known.add(topic.listing().state())));
        settle();
        Map<Symbol, Long> lastEvents = new HashMap<>();
        known.forEach(
                each -> lastEvents.put(each.symbol(), each.ticker().ticker().ts()));
        lastEvents.values().removeIf(ts -> ts == Decimal.ABSENT);
        feeds.goOn(name -> joined.following().held(SharedOrigin.feed(name)).position());
        feeds.goOn(lastEvents);
        feeds.list(log);
        known.forEach(each -> feeds.goOn(each.instrument(), each.feed()));
        joined.catchUp();
        settle();
    }

    /** Of a log that is shared: what clients of other nodes follow is not known here, so all of it is wanted. */
    private void listed(Listing listing) {
        shared.orElseThrow().listed(listing);
        feeds.wanted(listing);
    }

    /** An entry of a log that is shared: what it says of feeds concerns this node, too. */
    private void follow(LogEntry entry, int lane, long published) {
        if (entry instanceof FeedState said) {
            remote.heard(said);
            return;
        }
        if (entry instanceof Tenure said) {
            shared.orElseThrow().heard(said, lane);
            return;
        }
        if (entry instanceof Listed listed) {
            owners.keep(listed.instrument(), listed.feed());
        }
        hub.published(published);
        market.apply(entry, lane);
        journal.stepped();
    }

    private void settle() throws IOException, InterruptedException {
        if (!marketThread.settle(LISTING_DEADLINE)) {
            throw new IOException("the instruments were not listed within " + LISTING_DEADLINE.toSeconds() + " s");
        }
    }

    /** The log begins with this process. */
    private void begin() throws IOException, InterruptedException {
        long begun = clock.nanos();
        Restored restored = journal.open(freshEpoch, marketThread.work()::put);
        long opening = clock.nanos() - begun;
        Map<Symbol, Long> lastEvents = new HashMap<>();
        restored.listings().forEach(each -> lastEvents.put(each.symbol(), each.ts()));
        lastEvents.values().removeIf(ts -> ts == Decimal.ABSENT);
        List<String> replays = feeds.goOn(lastEvents);
        marketThread.start();
        sessions.start();
        log.follow(marketThread.work(), List.of(Mark.START), this::apply);
        marketThread.work().put(() -> {
            market.restore(restored.listings());
            replays.forEach(market::beginAnew);
        });
        feeds.list(log);
        restored.listings().stream()
                .filter(state -> state.isNamed() && !state.symbol().isWholeMarket())
                .forEach(state -> {
                    owners.keep(state.instrument(), state.feed());
                    feeds.goOn(state.instrument(), state.feed());
                });
        marketThread.work().put(() -> goOn(restored, replays, opening));
        settle();
    }

    /**
     * What the feeds have not listed is still known, and clients that come back can be told what they missed.
     *
     * @param opening how long the journal was waited for, in nanoseconds
     */
    private void goOn(Restored restored, List<String> replays, long opening) {
        long begun = clock.nanos();
        market.listRestored();
        for (Restored.Recalled recalled : restored.tail()) {
            market.listing(recalled.update().instrument().symbol())
                    .filter(listing -> !replays.contains(listing.feed()))
                    .ifPresent(listing -> hub.remember(listing, recalled.update(), recalled.tickerSeq()));
        }
        journal.stepped();
        if (!restored.listings().isEmpty()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(opening + clock.nanos() - begun);
            LOG.log(
                    Level.INFO,
                    restored.listings().size() + " symbols and "
                            + restored.tail().size() + " events of epoch " + restored.epoch()
                            + " are back from the journal, which took " + millis + " ms");
        }
    }

    private void publish(LogEntry entry) throws InterruptedException {
        log.publish(entry, Origin.NONE);
    }

    /** Several nodes may go by the same calendar. */
    private void publishPhase(LogEntry entry) throws InterruptedException {
        log.publish(entry, shared.isPresent() ? SharedOrigin.ofCalendar(entry.ts()) : Origin.NONE);
    }

    /** Where the entries of a feed go; in a log of this process none can come twice. */
    private EventTarget target(String feed, boolean isShared) {
        return isShared ? new SharedTarget(feed, (entry, origin) -> log.publish(entry, origin)) : this::publish;
    }

    /** What an entry changed is one step of the journal. */
    private void apply(LogEntry entry, int lane, long published) {
        enter(entry, published);
        journal.stepped();
    }

    private void enter(LogEntry entry, long published) {
        hub.published(published);
        market.apply(entry);
    }

    /** Stops in the order feeds, sessions, market thread, journal; every client hears that the server goes away. */
    public void stop() {
        state = State.STOPPING;
        try {
            if (phases.isPresent()) {
                phases.get().stop(CALENDAR_PATIENCE);
            }
            feeds.stop();
            if (shared.isPresent()) {
                shared.get().leave();
            }
            sessions.stop();
            if (shared.isPresent()) {
                shared.get().stop();
            }
            if (!marketThread.stop()) {
                LOG.log(Level.ERROR, "the market was not done in time, the next start begins a new epoch");
                journal.leave();
            }
            journal.close();
        } catch (InterruptedException e) {
            LOG.log(Level.WARNING, "the stop was cut short");
            Thread.currentThread().interrupt();
        } finally {
            access.close();
        }
    }

    /** How far behind the log is that is shared with other nodes, in each of its lanes; none where it isn't. */
    public List<Lag> lags() {
        return shared.map(log -> log.following().lags()).orElse(List.of());
    }

    /** How many entries of a shared log came twice, and were dropped. */
    public long repeated() {
        return shared.map(log -> log.following().repeated()).orElse(0L);
    }

    /** How many events of a feed a shared log has told, where the feed numbers them. */
    public long heldOfFeed(String feed) {
        return shared.map(log -> log.following().held(SharedOrigin.feed(feed)).position())
                .orElse(0L);
    }

    /** Why nothing comes through a shared log at the moment; empty where all is well. */
    public Optional<String> trouble() {
        return shared.flatMap(log -> log.bus().trouble());
    }

    /** What it is doing; one that hears nothing more of a shared log can as well be stopped. */
    public State state() {
        boolean hears = shared.map(log -> log.failure().isEmpty()).orElse(true);
        return hears || state != State.READY ? state : State.STOPPING;
    }

    /** The sessions of its clients. */
    public Sessions sessions() {
        return sessions;
    }

    /** Who may come in. */
    public Access access() {
        return access;
    }

    /** Its feeds. */
    public Feeds feeds() {
        return feeds;
    }

    /** Who follows what; for reading. */
    public Hub hub() {
        return hub;
    }

    /** What outlives a restart. */
    public Journal journal() {
        return journal;
    }

    /** The search for instruments. */
    public SymbolSearch symbols() {
        return hub.symbols();
    }

    /** Who answers what is asked of the past. */
    public Historian historian() {
        return historian;
    }

    /** How many steps wait for the market thread. */
    public int queued() {
        return marketThread.work().size();
    }

    /** How many steps have failed, of each kind of thread. */
    public Map<String, Long> failedSteps() {
        Map<String, Long> failed = new TreeMap<>(sessions.failedSteps());
        failed.put("market", marketThread.failedSteps());
        return failed;
    }

    /** How many events made no sense in the state that the market was in. */
    public long refused() {
        return refusals.count();
    }

    /** How many trades came, or were taken back, too late for at least one of their bars. */
    public long missedBars() {
        return market.missedBars();
    }
}
