package tickerplant.feed.simulated;

import java.util.List;
import java.util.Set;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSink;
import tickerplant.feed.FeedSpec;
import tickerplant.market.Clock;
import tickerplant.market.Listed;

/**
 * An invented market in real time: {@code simulated?symbols=100&rate=1000&seed=1&even=false}. The same options give the same events,
 * the same time after the start; each is stamped with the microsecond at which it was due, which late delivery doesn't
 * change. When it is late it catches up and leaves nothing out.
 */
public final class SimulatedFeed implements Feed {
    /** What the feed is called in a specification. */
    public static final String KIND = "simulated";

    private static final int MAX_SYMBOLS = 100_000;
    private static final int MAX_RATE = 10_000_000;
    private static final long MICRO = 1_000;

    private final String name;
    private final int symbols;
    private final long rate;
    private final long seed;
    private final boolean even;
    private final Clock clock;
    private volatile long told;

    /** To wake up for each of thousands of events a second would cost more than all that is done with them. */
    private static final long LEAST_REST_NANOS = 500_000;
    /** Up to this rate every event comes exactly when it is due. */
    private static final long BUSY_RATE = 1_000;

    private SimulatedFeed(String name, int symbols, long rate, long seed, boolean even, Clock clock) {
        this.name = name;
        this.symbols = symbols;
        this.rate = rate;
        this.seed = seed;
        this.even = even;
        this.clock = clock;
    }

    /**
     * The feed that was asked for. Options: {@code symbols}, 1 to 100,000, 100 if left out; {@code rate}, events per
     * second in all, 1 to 10,000,000, 1,000 if left out; {@code seed}, 1 if left out;
     * {@code even}, whether each share has its turn and time is shared evenly, as measurements want it, false if left out.
     *
     * @throws IllegalArgumentException naming the option that is wrong and what was expected
     */
    public static SimulatedFeed of(FeedSpec spec, Clock clock) {
        if (!spec.target().isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + spec.target() + "' in '" + spec + "', expected nothing after '" + spec.kind() + "'");
        }
        spec.allow(Set.of("even", "rate", "seed", "symbols"));
        return new SimulatedFeed(
                spec.toString(),
                (int) spec.number("symbols", 100, 1, MAX_SYMBOLS),
                spec.number("rate", 1_000, 1, MAX_RATE),
                spec.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                spec.flag("even", false),
                clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Listed> instruments() {
        return new MarketSimulation(symbols, rate, seed, even).listings(name, clock.micros());
    }

    @Override
    public boolean isNumbered() {
        return true;
    }

    @Override
    public void goOn(long position) {
        told = position;
    }

    @Override
    public void run(FeedSink sink) throws InterruptedException {
        MarketSimulation market = new MarketSimulation(symbols, rate, seed, even);
        long position = 0;
        long before = 0;
        for (; position < told; position++) {
            before = market.advance();
            market.event(0);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        long startMicros = clock.micros() - before / MICRO;
        long startNanos = clock.nanos() - before;
        long rested = startNanos;
        long leastRest = rate > BUSY_RATE ? LEAST_REST_NANOS : 0;
        while (true) {
            long offset = market.advance();
            if (startNanos + offset - clock.nanos() > 0) {
                clock.sleepUntil(startNanos + Math.max(offset, rested - startNanos + leastRest));
                rested = clock.nanos();
            } else if (Thread.interrupted()) {
                // Behind its time it never sleeps, and must still be stopped.
                throw new InterruptedException();
            }
            sink.event(market.event(startMicros + offset / MICRO), ++position);
        }
    }
}
