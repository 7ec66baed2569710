package tickerplant.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import tickerplant.market.Cancel;
import tickerplant.market.Clock;
import tickerplant.market.DayRoll;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Quote;
import tickerplant.market.Symbol;
import tickerplant.market.TimePassed;
import tickerplant.market.Trade;

/**
 * Where a feed's events come in: valid ones go on to the log, after a day roll and, in a replay, the time where they are due;
 * others are counted and logged. Called by the feed's thread; the counts may be read by any.
 */
public final class Intake implements FeedSink {
    /** How far ahead of our clock a live event may start a trading day: a wild time must not shut out true days. */
    private static final long AHEAD_MICROS = 24 * 3_600_000_000L;

    private static final long UNNUMBERED = 0;

    final LongAdder trades = new LongAdder();
    final LongAdder quotes = new LongAdder();
    final LongAdder cancels = new LongAdder();
    final LongAdder others = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder damaged = new LongAdder();

    private final Feed feed;
    private final EventTarget target;
    private final Clock clock;
    private final LogThrottle log;
    private final Owners owners;
    private final EventValidator validator;
    private final Map<Symbol, TradingDay> listed = new HashMap<>();
    /** When the last events of symbols were before a restart. */
    private final Map<Symbol, Long> before = new HashMap<>();

    private boolean goesOn;
    private final ReplayedTime time = new ReplayedTime();
    private volatile boolean arrived;
    private volatile boolean flowing;
    private volatile long arrivedAt;
    private volatile long heardAt;
    private volatile String lastProblem = "";

    /** The way in of a feed that has no others beside it, nor a runner: whoever plays it calls this. */
    public Intake(Feed feed, EventTarget target, Clock clock) {
        this(
                feed,
                target,
                clock,
                new LogThrottle(System.getLogger(Intake.class.getName()), clock, feed.name()),
                new Owners());
    }

    Intake(Feed feed, EventTarget target, Clock clock, LogThrottle log, Owners owners) {
        this.feed = feed;
        this.target = target;
        this.clock = clock;
        this.log = log;
        this.owners = owners;
        this.validator = new EventValidator(feed.name());
    }

    /** The days of symbols go on that have been traded before a restart; a replay's begin anew. */
    void goOn(Map<Symbol, Long> lastEvents) {
        before.putAll(lastEvents);
    }

    /** Its symbols' days go on even if it is a replay. */
    void goesOn() {
        goesOn = true;
    }

    /** Takes an instrument that is known before the first event; says whether it was valid and new. */
    boolean list(Listed event) {
        Optional<String> problem = problem(event);
        problem.ifPresent(found -> refuse(event, found));
        return problem.isEmpty() && isNew(event);
    }

    /** Takes an instrument that is known from before a restart; says whether it is this feed's, and was not named since. */
    boolean keep(Instrument instrument) {
        Listed event = new Listed(instrument, feed.name(), Decimal.ABSENT, 0);
        return problem(event).isEmpty() && isNew(event);
    }

    @Override
    public void knows(Instrument instrument, long ts) {
        if (ts != Decimal.ABSENT) {
            before.put(instrument.symbol(), ts);
        }
        keep(instrument);
    }

    /** The name of the feed that an instrument belongs to; this one, where it is new. */
    String owner(Listed event) {
        return owners.claim(event.symbol(), feed.name());
    }

    private Optional<String> problem(Listed event) {
        Optional<String> problem = validator.problem(event);
        if (problem.isPresent()) {
            return problem;
        }
        String owner = owner(event);
        return owner.equals(feed.name())
                ? Optional.empty()
                : Optional.of("symbol belongs to the feed " + owner + ", which named it first");
    }

    private boolean isNew(Listed event) {
        TradingDay day = new TradingDay(event.instrument().zone());
        Long last = before.get(event.symbol());
        if (last != null && (goesOn || feed.mode() == Feed.Mode.LIVE)) {
            day.begin(last);
        }
        return listed.putIfAbsent(event.symbol(), day) == null;
    }

    @Override
    public void event(Event event) throws InterruptedException {
        event(event, UNNUMBERED);
    }

    @Override
    public void event(Event event, long position) throws InterruptedException {
        take(event, position).ifPresent(problem -> refuse(event, problem));
    }

    @Override
    public Optional<String> offer(Event event) throws InterruptedException {
        return offer(event, UNNUMBERED);
    }

    @Override
    public Optional<String> offer(Event event, long position) throws InterruptedException {
        Optional<String> problem = take(event, position);
        if (problem.isPresent()) {
            refused.increment();
            problem(problem.get());
        }
        return problem;
    }

    private Optional<String> take(Event event, long position) throws InterruptedException {
        arrivedAt = clock.nanos();
        heardAt = arrivedAt;
        if (!flowing) {
            arrived = true;
            flowing = true;
        }
        if (event instanceof Listed listing) {
            Optional<String> problem = problem(listing);
            if (problem.isEmpty() && !owners.fits(listing.instrument())) {
                problem = Optional.of("decimals are others than before the restart, expected when the service starts");
            }
            if (problem.isEmpty() && isNew(listing)) {
                pass(listing, UNNUMBERED);
            }
            return problem;
        }
        Optional<TradingDay> day = Optional.ofNullable(listed.get(event.symbol()));
        if (day.isEmpty() && !event.symbol().isWholeMarket()) {
            return Optional.of("not listed");
        }
        Optional<String> problem = validator.problem(event);
        if (problem.isPresent()) {
            return problem;
        }
        if (feed.mode() == Feed.Mode.REPLAY && time.moves(event.ts())) {
            target.publish(new TimePassed(feed.name(), time.second()));
        }
        if (day.isPresent() && day.get().isOver(event.ts())) {
            if (feed.mode() == Feed.Mode.LIVE && event.ts() > clock.micros() + AHEAD_MICROS) {
                return Optional.of("ts is " + event.ts() + ", more than a day ahead of the clock");
            }
            if (day.get().begin(event.ts())) {
                pass(new DayRoll(event.symbol(), event.ts()), day.get().end());
            }
        }
        pass(event, position);
        return Optional.empty();
    }

    @Override
    public void alive() {
        heardAt = clock.nanos();
        flowing = true;
    }

    private void pass(Event event, long position) throws InterruptedException {
        target.publish(event, position);
        if (event instanceof Quote) {
            quotes.increment();
        } else if (event instanceof Trade) {
            trades.increment();
        } else if (event instanceof Cancel) {
            cancels.increment();
        } else {
            others.increment();
        }
    }

    private void refuse(Event event, String problem) {
        refused.increment();
        report("refused " + event.getClass().getSimpleName() + " of " + event.symbol() + ", " + problem);
    }

    @Override
    public void damaged(String place, String reason) {
        damaged.increment();
        report("skipped " + Excerpt.of(place) + ", " + Excerpt.of(reason));
    }

    private void report(String problem) {
        lastProblem = problem;
        log.warn(problem);
    }

    /** How many events were not valid. */
    public long refused() {
        return refused.sum();
    }

    /** Remembers a problem that somebody else has logged. */
    void problem(String problem) {
        lastProblem = problem;
    }

    String lastProblem() {
        return lastProblem;
    }

    /** Whether any event has arrived, valid or not. */
    boolean hasArrived() {
        return arrived;
    }

    /** When the last event arrived, in nanoseconds of the clock; of use only once one has. */
    long arrivedAt() {
        return arrivedAt;
    }

    /** When it was last heard of the source, in nanoseconds of the clock; of use only while {@link #isFlowing}. */
    long heardAt() {
        return heardAt;
    }

    /** A new attempt begins: nothing has arrived in it. */
    void begin() {
        flowing = false;
    }

    /** Whether the source has been heard of in this attempt. */
    boolean isFlowing() {
        return flowing;
    }
}
