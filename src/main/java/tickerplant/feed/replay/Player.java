package tickerplant.feed.replay;

import tickerplant.feed.FeedSink;
import tickerplant.market.Clock;
import tickerplant.market.Event;
import tickerplant.market.Listed;

/**
 * Stands between a recording and the sink, and lets each event pass when it is due: as long after the first one as it
 * was when it was recorded, divided by the speed. Times are reckoned from the first event of all, so that waits which
 * end late don't add up.
 */
final class Player implements FeedSink {
    /** Waking up takes longer than a shorter wait. */
    private static final long SHORTEST_WAIT_NANOS = 200_000;

    /** The pause between two laps of a recording whose events all have the same time. */
    private static final long MOMENT_PAUSE_MICROS = 1_000_000;

    private final FeedSink sink;
    private final Clock clock;
    private final Pace pace;

    private Lap lap = Lap.FIRST;
    private final long told;
    private long position;
    private long count;
    private long first;
    private long earliest;
    private long latest;
    private long startNanos;

    /**
     * A player before the first event.
     *
     * @param told how many events are passed over, because they were told before
     */
    Player(FeedSink sink, Clock clock, Pace pace, long told) {
        this.sink = sink;
        this.clock = clock;
        this.pace = pace;
        this.told = told;
    }

    @Override
    public void event(Event recorded) throws InterruptedException {
        // A sink that never waits would not notice.
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!(recorded instanceof Listed)) {
            if (lap.number() == 0) {
                measure(recorded.ts());
            }
            position++;
            if (position <= told) {
                return;
            }
            long passed = recorded.ts() + lap.shift() - first;
            if (pace.waits()) {
                if (position == told + 1) {
                    startNanos = clock.nanos() - pace.nanos(passed);
                }
                await(passed);
            }
            sink.event(lap.of(recorded), position);
        } else {
            sink.event(lap.of(recorded));
        }
    }

    private void measure(long ts) {
        if (count == 0) {
            first = ts;
            earliest = ts;
            latest = ts;
            startNanos = clock.nanos();
        }
        count++;
        earliest = Math.min(earliest, ts);
        latest = Math.max(latest, ts);
    }

    private void await(long micros) throws InterruptedException {
        long due = startNanos + pace.nanos(micros);
        if (due - clock.nanos() > SHORTEST_WAIT_NANOS) {
            clock.sleepUntil(due);
        }
    }

    @Override
    public void damaged(String place, String reason) {
        // The same damage again in each further lap is no news.
        if (lap.number() == 0) {
            sink.damaged(place, reason);
        }
    }

    /** Whether there was anything to play. */
    boolean played() {
        return count > 0;
    }

    /** Begins the next lap: later by the recording's span and by the mean distance of its events. */
    void nextLap() {
        long span = latest - earliest;
        long pause = span == 0 ? MOMENT_PAUSE_MICROS : Math.max(1, span / (count - 1));
        lap = new Lap(lap.number() + 1, lap.shift() + span + pause);
    }
}
