package tickerplant.feed.calendar;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tickerplant.feed.EventTarget;
import tickerplant.market.Clock;
import tickerplant.market.Phase;
import tickerplant.market.Status;
import tickerplant.market.Symbol;

/**
 * Tells the log the phases of the whole market when a calendar says so, on a thread of its own. Started and stopped by one
 * thread.
 */
public final class PhaseKeeper {
    private static final Logger LOG = System.getLogger(PhaseKeeper.class.getName());
    /** The machine's clock may be set meanwhile, or the machine sleep. */
    private static final long LONGEST_SLEEP_MICROS = 30_000_000;

    private final TradingCalendar calendar;
    private final EventTarget target;
    private final Supplier<Optional<Phase>> standing;
    private final Clock clock;
    private final Thread thread = new Thread(this::run, "feed-calendar");

    /**
     * A keeper of this calendar.
     *
     * @param target where phases go
     * @param standing the phase that is known when it starts, which it doesn't tell again
     */
    public PhaseKeeper(TradingCalendar calendar, EventTarget target, Supplier<Optional<Phase>> standing, Clock clock) {
        this.calendar = calendar;
        this.target = target;
        this.standing = standing;
        this.clock = clock;
        thread.setDaemon(true);
    }

    /** Begins; once. */
    public void start() {
        thread.start();
    }

    /**
     * Ends it.
     *
     * @param patience how long to wait for it at most
     */
    public void stop(Duration patience) throws InterruptedException {
        thread.interrupt();
        TimeUnit.NANOSECONDS.timedJoin(thread, patience.toNanos());
    }

    private void run() {
        try {
            keep();
            LOG.log(Level.WARNING, "the calendar, whose last day is {0}, knows of no more changes", calendar.last());
        } catch (InterruptedException e) {
            // Only stop() interrupts this thread, and the thread ends here.
        }
    }

    private void keep() throws InterruptedException {
        long reached = clock.micros();
        Optional<Turn> now = calendar.at(reached);
        Optional<Phase> before = standing.get();
        if (now.isPresent() && !now.map(Turn::phase).equals(before)) {
            tell(now.get());
        }
        // Where time was missed every change in it is told; where it goes back, none is told twice.
        for (Optional<Turn> next = calendar.after(reached); next.isPresent(); next = calendar.after(reached)) {
            await(next.get().ts());
            tell(next.get());
            reached = next.get().ts();
        }
    }

    private void await(long ts) throws InterruptedException {
        for (long left = ts - clock.micros(); left > 0; left = ts - clock.micros()) {
            clock.sleepUntil(clock.nanos() + TimeUnit.MICROSECONDS.toNanos(Math.min(left, LONGEST_SLEEP_MICROS)));
        }
    }

    /** A phase that can't be told costs nothing but itself; the next one comes all the same. */
    private void tell(Turn turn) throws InterruptedException {
        try {
            target.publish(new Status(Symbol.WHOLE_MARKET, turn.phase(), turn.reason(), turn.ts()));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the phase " + turn.phase() + " could not be told", e);
        }
    }
}
