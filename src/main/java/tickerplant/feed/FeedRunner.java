package tickerplant.feed;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import tickerplant.market.Clock;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;

/**
 * Runs one feed on a thread of its own: starts it, watches it, starts it again where its source is lost, and stops it.
 * What the feed tells is validated before it enters the log; a bad event is refused by itself, counted and logged, and
 * the feed never hears of it. What the events of a replay say of the time enters the log too. {@link #status} may be called
 * from any thread, the rest from the one that owns the feed's life.
 *
 * <pre>
 * CONNECTING --event--> LIVE (or REPLAY) --silence--> STALE --event--> LIVE
 *      |                      |                         |
 *      +------- failure ------+---------> DOWN <--------+      DOWN --event of a later attempt--> LIVE (or REPLAY)
 *      +------- no more, or stopped, from any state ---------> ENDED
 * </pre>
 */
public final class FeedRunner {
    /** How long a live feed may be silent before it is stale, unless told otherwise. */
    public static final Duration STALE_AFTER = Duration.ofSeconds(10);

    /** How often a feed that is to stop is told so. */
    private static final long INTERRUPT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private enum Stage {
        NEW,
        RUNNING,
        LOST,
        ENDED
    }

    private final Feed feed;
    private final Clock clock;
    private final Backoff backoff;
    private final long staleNanos;
    private final Logger logger;
    private final LogThrottle log;
    private final Intake intake;
    private final Thread thread;
    private boolean read;
    private volatile Stage stage = Stage.NEW;
    private volatile boolean stopping;

    /** A runner with the usual threshold, {@link #STALE_AFTER}, of a feed that shares its symbols with no other. */
    public FeedRunner(Feed feed, EventTarget target, Clock clock, RandomGenerator random) {
        this(feed, target, clock, random, STALE_AFTER);
    }

    /** A runner with the usual threshold, {@link #STALE_AFTER}, of one of several feeds. */
    public FeedRunner(Feed feed, EventTarget target, Clock clock, RandomGenerator random, Owners owners) {
        this(feed, target, clock, random, STALE_AFTER, owners, System.getLogger(FeedRunner.class.getName()));
    }

    /**
     * A runner.
     *
     * @param feed what it runs; its instruments have not been read yet
     * @param target where valid events go
     * @param clock tells ages and waits between attempts
     * @param random spreads the attempts; used by the feed's thread alone
     * @param staleAfter how long a live feed may be silent before it is stale; positive
     */
    public FeedRunner(Feed feed, EventTarget target, Clock clock, RandomGenerator random, Duration staleAfter) {
        this(feed, target, clock, random, staleAfter, System.getLogger(FeedRunner.class.getName()));
    }

    FeedRunner(Feed feed, EventTarget target, Clock clock, RandomGenerator random, Duration staleAfter, Logger logger) {
        this(feed, target, clock, random, staleAfter, new Owners(), logger);
    }

    private FeedRunner(
            Feed feed,
            EventTarget target,
            Clock clock,
            RandomGenerator random,
            Duration staleAfter,
            Owners owners,
            Logger logger) {
        if (staleAfter.isNegative() || staleAfter.isZero()) {
            throw new IllegalArgumentException("staleAfter is " + staleAfter + ", expected a positive duration");
        }
        this.feed = feed;
        this.clock = clock;
        this.backoff = new Backoff(random);
        this.staleNanos = staleAfter.toNanos();
        this.logger = logger;
        this.log = new LogThrottle(logger, clock, label());
        this.intake = new Intake(feed, target, clock, log, owners);
        this.thread = new Thread(this::run, "feed-" + feed.name());
        thread.setDaemon(true);
    }

    /** The feed's name. */
    public String name() {
        return feed.name();
    }

    /** Who is to hear which of the feed's symbols anybody follows. */
    public Demand demand() {
        return feed.demand();
    }

    /** What kind of time the feed's events live in. */
    Feed.Mode mode() {
        return feed.mode();
    }

    /**
     * Lets the trading days of a live feed go on where they were before a restart; to be called before anything is listed.
     *
     * @param lastEvents when the last event of each symbol was, in microseconds since the epoch
     */
    public void goOn(Map<Symbol, Long> lastEvents) {
        intake.goOn(lastEvents);
    }

    /** The log has its events up to that number already; to be called before anything is listed. */
    public void goOn(long position) {
        intake.goesOn();
        feed.goOn(position);
    }

    /**
     * Reads the instruments that the feed knows beforehand, once, before the start. Those that are not valid are refused
     * like any event, and those named twice are given once.
     *
     * @return what the caller is to list, in that order
     * @throws IOException where the feed can't read them, or one of them belongs to another feed
     */
    public List<Listed> instruments() throws IOException {
        if (read) {
            throw new IllegalStateException(label() + ": its instruments have been read before");
        }
        read = true;
        List<Listed> instruments = new ArrayList<>();
        for (Listed listed : feed.instruments()) {
            String owner = intake.owner(listed);
            if (!owner.equals(feed.name())) {
                throw new IOException(listed.symbol() + " comes from feed " + owner + " and from feed " + feed.name()
                        + "; expected one of them, or a prefix as in ?prefix=R.");
            }
            if (intake.list(listed)) {
                instruments.add(listed);
            }
        }
        return instruments;
    }

    /** What was listed before a restart is so still, where it is this feed's and was not named anew; to be called before the start. */
    public void goOn(Instrument instrument) {
        if (intake.keep(instrument)) {
            feed.goOn(instrument);
        }
    }

    /** Starts the feed's thread; once, after its instruments were read. */
    public void start() {
        if (!read) {
            throw new IllegalStateException(label() + ": its instruments have not been read");
        }
        if (stage != Stage.NEW) {
            throw new IllegalStateException(label() + ": it was started before");
        }
        stage = Stage.RUNNING;
        thread.start();
    }

    /**
     * Interrupts the feed and waits for its thread to end.
     *
     * @param patience how long to wait at most
     * @return whether it has ended
     */
    public boolean stop(Duration patience) throws InterruptedException {
        stopping = true;
        if (stage == Stage.NEW) {
            stage = Stage.ENDED;
            return true;
        }
        // More than once, because the libraries that feeds use may swallow one.
        for (long left = patience.toNanos(); left > 0 && thread.isAlive(); left -= INTERRUPT_NANOS) {
            thread.interrupt();
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.min(left, INTERRUPT_NANOS));
        }
        return !thread.isAlive();
    }

    /** How the feed is doing. */
    public FeedStatus status() {
        boolean arrived = intake.hasArrived();
        long now = clock.nanos();
        long age = arrived ? Math.max(0, now - intake.arrivedAt()) : 0;
        return new FeedStatus(
                feed.name(),
                feed.mode(),
                state(now - intake.heardAt()),
                intake.trades.sum(),
                intake.quotes.sum(),
                intake.cancels.sum(),
                intake.others.sum(),
                intake.refused.sum(),
                intake.damaged.sum(),
                arrived ? OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(age)) : OptionalLong.empty(),
                intake.lastProblem());
    }

    private FeedStatus.State state(long quiet) {
        Stage now = stage;
        if (now == Stage.ENDED) {
            return FeedStatus.State.ENDED;
        }
        if (now != Stage.NEW && intake.isFlowing()) {
            if (feed.mode() == Feed.Mode.REPLAY) {
                return FeedStatus.State.REPLAY;
            }
            return quiet > staleNanos ? FeedStatus.State.STALE : FeedStatus.State.LIVE;
        }
        return now == Stage.LOST ? FeedStatus.State.DOWN : FeedStatus.State.CONNECTING;
    }

    private void run() {
        try {
            while (!attempt()) {
                clock.sleepUntil(clock.nanos() + backoff.next());
            }
        } catch (InterruptedException e) {
            // Only stop() interrupts this thread, and the thread ends here.
        } finally {
            stage = Stage.ENDED;
            log.flush();
            logEnd();
        }
    }

    /** Runs the feed until it ends; says whether there is no more to come. */
    private boolean attempt() throws InterruptedException {
        try {
            feed.run(intake);
            return true;
        } catch (IOException e) {
            lost(e, Level.WARNING);
        } catch (RuntimeException | Error e) {
            lost(e, Level.ERROR);
        }
        return stopping;
    }

    private void lost(Throwable failure, Level level) {
        boolean news = stage != Stage.LOST || intake.isFlowing();
        String reason = failure.getMessage() == null ? "" : ": " + Excerpt.of(failure.getMessage());
        String problem = failure.getClass().getSimpleName() + reason;
        // Whoever sees that the feed is down sees why.
        intake.problem(problem);
        stage = Stage.LOST;
        intake.begin();
        if (!news || stopping) {
            return;
        }
        backoff.reset();
        if (level == Level.ERROR) {
            logger.log(level, label() + " failed, tried again until it works", failure);
        } else {
            logger.log(level, label() + " is down, tried again until it works, " + problem);
        }
    }

    private void logEnd() {
        FeedStatus status = status();
        logger.log(
                Level.INFO,
                label() + " ended: " + status.trades() + " trades, " + status.quotes() + " quotes, " + status.refused()
                        + " refused, " + status.damaged() + " damaged");
    }

    private String label() {
        return "feed " + feed.name();
    }
}
