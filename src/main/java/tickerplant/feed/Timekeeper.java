package tickerplant.feed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tickerplant.market.Clock;
import tickerplant.market.TimePassed;

/**
 * Tells the log once a second how far time has come for the live feeds, on a thread of its own, whether or not anything
 * happens in them. In a replay the events tell the time themselves (see {@link FeedRunner}). Started and stopped by one
 * thread.
 */
public final class Timekeeper {
    /** How long after its end a bar of a live feed still waits for trades that are on their way. */
    public static final Duration GRACE = Duration.ofSeconds(1);

    private static final long SECOND_MICROS = 1_000_000;

    private final List<String> feeds;
    private final EventTarget target;
    private final Clock clock;
    private final LogThrottle log;
    private final Thread thread = new Thread(this::run, "feed-time");

    /** A keeper of the time of those of these feeds that are live. */
    public Timekeeper(List<FeedRunner> runners, EventTarget target, Clock clock) {
        this.feeds = runners.stream()
                .filter(runner -> runner.mode() == Feed.Mode.LIVE)
                .map(FeedRunner::name)
                .toList();
        this.target = target;
        this.clock = clock;
        this.log = new LogThrottle(System.getLogger(Timekeeper.class.getName()), clock, "the feeds' time");
        thread.setDaemon(true);
    }

    /** Begins; once. */
    public void start() {
        if (!feeds.isEmpty()) {
            thread.start();
        }
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
            while (true) {
                long left = SECOND_MICROS - Math.floorMod(clock.micros(), SECOND_MICROS);
                clock.sleepUntil(clock.nanos() + TimeUnit.MICROSECONDS.toNanos(left));
                try {
                    tell();
                } catch (RuntimeException | Error e) {
                    log.error("the log could not be told", e);
                }
            }
        } catch (InterruptedException e) {
            // Only stop() interrupts this thread, and the thread ends here.
        }
    }

    /** Bars end at whole seconds, so that is as fine as time is told. */
    private void tell() throws InterruptedException {
        long reached = clock.micros() - TimeUnit.NANOSECONDS.toMicros(GRACE.toNanos());
        long second = reached - Math.floorMod(reached, SECOND_MICROS);
        for (String feed : feeds) {
            target.publish(new TimePassed(feed, second));
        }
    }
}
