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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import tickerplant.bus.Bus;
import tickerplant.bus.InProcessBus;
import tickerplant.bus.Mark;
import tickerplant.bus.Origin;
import tickerplant.codec.JsonFrames;
import tickerplant.codec.JsonRows;
import tickerplant.command.AskHistory;
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
import tickerplant.market.Clock;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.LogEntry;
import tickerplant.market.Market;
import tickerplant.market.Symbol;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Message;
import tickerplant.message.Reason;
import tickerplant.session.HistoryReader;
import tickerplant.session.Rights;

/**
 * The service, put together: feeds, a calendar, the log, the market thread, hub, senders and the sessions of its clients. It knows no
 * container. Started and stopped by one thread.
 */
public final class Tickerplant {
    private static final Logger LOG = System.getLogger(Tickerplant.class.getName());
    private static final Duration LISTING_DEADLINE = Duration.ofSeconds(30);
    private static final Duration HISTORY_DEADLINE = Duration.ofSeconds(5);
    private static final Duration CALENDAR_PATIENCE = Duration.ofMillis(500);
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

    private final MarketThread marketThread = new MarketThread();
    private final Refusals refusals = new Refusals();
    private final Bus log;
    private final Journal journal;
    private final Market market;
    private final Hub hub;
    private final Owners owners = new Owners();
    private final Feeds feeds;
    private final Optional<PhaseKeeper> phases;
    private final Sessions sessions;
    private final Access access;
    private final HistoryReader history;
    private final String freshEpoch;
    private volatile State state = State.STARTING;

    /** Puts a service of these feeds together; nothing runs yet. */
    public Tickerplant(Settings settings, List<Feed> feedList, Clock clock, SplittableRandom random) {
        journal = settings.data()
                .map(folder -> Journal.in(folder, settings.keep(), clock))
                .orElseGet(Journal::none);
        freshEpoch = "e-" + HexFormat.of().toHexDigits(random.nextLong());
        access = Access.of(settings, clock);
        hub = new Hub(new JsonRows(), refusals, settings.historyRows(), settings.historyBytes());
        market = new Market(new Recorded(hub, journal), TAPE_BUDGET, BAR_BUDGET);
        log = new InProcessBus(journal::epoch, 0, clock);
        List<FeedRunner> runners = new ArrayList<>();
        for (Feed feed : feedList) {
            runners.add(new FeedRunner(feed, this::publish, clock, random.split(), owners));
        }
        SplittableRandom ofSessions = random.split();
        PublishedLog published = new PublishedLog(marketThread.work(), clock, this::enter, journal);
        PublishedFeed publishedFeed = new PublishedFeed(published, clock);
        runners.add(new FeedRunner(publishedFeed, published, clock, random.split(), owners));
        Publishing publishing = new Publishing(publishedFeed, access, new Rights(Set.of(), settings.publishSymbols()));
        feeds = new Feeds(runners, new Timekeeper(runners, this::publish, clock), clock, publishing::seen);
        phases = settings.calendar().map(calendar -> new PhaseKeeper(calendar, this::publish, hub::phase, clock));
        hub.demand(feeds);
        history = new HistoryReader(hub, journal);
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

    /**
     * Puts a service of the feeds together that the settings ask for.
     *
     * @throws SettingsException where a feed is asked for that can't be
     */
    public static Tickerplant of(Settings settings, Clock clock, SplittableRandom random) {
        return new Tickerplant(settings, FeedFactory.feeds(settings.feeds(), clock), clock, random);
    }

    /**
     * Starts everything; once it returns, every instrument that is known beforehand is listed.
     *
     * @throws IOException where a feed can't be opened; the message is one line for a person
     */
    public void start() throws IOException, InterruptedException {
        access.prepare();
        Restored restored = journal.open(freshEpoch, marketThread.work()::put);
        Map<Symbol, Long> lastEvents = new HashMap<>();
        restored.listings()
                .forEach(state ->
                        lastEvents.put(state.symbol(), state.ticker().ticker().ts()));
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
        marketThread.work().put(() -> goOn(restored, replays));
        if (!marketThread.settle(LISTING_DEADLINE)) {
            throw new IOException("the instruments were not listed within " + LISTING_DEADLINE.toSeconds() + " s");
        }
        hub.symbols().prepare();
        feeds.start();
        phases.ifPresent(PhaseKeeper::start);
        state = State.READY;
    }

    /** What the feeds have not listed is still known, and clients that come back can be told what they missed. */
    private void goOn(Restored restored, List<String> replays) {
        market.listRestored();
        for (Restored.Recalled recalled : restored.tail()) {
            market.listing(recalled.update().instrument().symbol())
                    .filter(listing -> !replays.contains(listing.feed()))
                    .ifPresent(listing -> hub.remember(listing, recalled.update(), recalled.tickerSeq()));
        }
        journal.stepped();
    }

    private void publish(LogEntry entry) throws InterruptedException {
        log.publish(entry, Origin.NONE);
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
            sessions.stop();
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

    /** What it is doing. */
    public State state() {
        return state;
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

    /**
     * Answers what somebody asks of the past, on the thread that calls, which must not be the market's.
     *
     * @return what was found, or an {@link ErrorMessage}
     */
    public Message history(Rights rights, AskHistory asked) {
        FutureTask<Supplier<Message>> taken = new FutureTask<>(
                () -> history.read(asked.id(), rights, asked.channel(), asked.symbol(), asked.epoch(), asked.range()));
        marketThread.work().put(taken);
        try {
            return taken.get(HISTORY_DEADLINE.toMillis(), TimeUnit.MILLISECONDS).get();
        } catch (TimeoutException e) {
            return failed(asked, "the server is too busy to look, ask again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(asked, "the server stops");
        } catch (ExecutionException e) {
            throw new IllegalStateException("history failed: " + asked, e.getCause());
        }
    }

    private static ErrorMessage failed(AskHistory asked, String message) {
        return new ErrorMessage(asked.id(), Reason.INTERNAL, message, "");
    }

    /** How many steps wait for the market thread. */
    public int queued() {
        return marketThread.work().size();
    }

    /** How many events made no sense in the state that the market was in. */
    public long refused() {
        return refusals.count();
    }

    /** How many trades came, or were taken back, too late for at least one of their bars. */
    public long missedBars() {
        return market.missedBars();
    }

    /** Counts events that the market refused, and logs the first. */
    private static final class Refusals implements Hub.Refusals {
        private final LongAdder count = new LongAdder();

        @Override
        public void refused(Event event, String reason) {
            if (count.sum() == 0) {
                LOG.log(Level.WARNING, "refused an event of {0}: {1}; more are only counted", event.symbol(), reason);
            }
            count.increment();
        }

        long count() {
            return count.sum();
        }
    }
}
