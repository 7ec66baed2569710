package tickerplant.hub;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tickerplant.codec.JsonRows;
import tickerplant.market.Channel;
import tickerplant.market.Event;
import tickerplant.market.Events;
import tickerplant.market.Market;
import tickerplant.market.Symbol;

/** The market thread's work for a tick that nobody follows, all of it, and the search for a topic. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HubBenchmark {
    private static final int EVENTS = 1 << 17;

    @Param({"1000", "10000", "100000"})
    int symbols;

    private final Hub hub = new Hub(
            new JsonRows(),
            (event, reason) -> {
                throw new IllegalStateException(reason);
            },
            120_000);
    private final Market market = new Market(hub, 200_000);
    private final Event[] quotes = new Event[EVENTS];
    private final Event[] trades = new Event[EVENTS];
    private Symbol[] names = {};
    private int next;

    /** Quotes and trades of one symbol after the other. */
    @Setup
    public void list() {
        names = new Symbol[symbols];
        for (int i = 0; i < symbols; i++) {
            String name = String.format("SIM%05d", i);
            names[i] = new Symbol(name);
            market.apply(Events.listed(name, 9_900));
        }
        for (int i = 0; i < EVENTS; i++) {
            String name = String.format("SIM%05d", (int) (i * 7919L % symbols));
            quotes[i] = Events.quote(name, 10_000 + i % 50, 10_060 + i % 40, 1_000 + i);
            trades[i] = Events.trade(name, 10_000 + i % 90, 100, 1_000 + i);
        }
    }

    @Benchmark
    public void quoteThatNobodyFollows() {
        market.apply(quotes[next++ & (EVENTS - 1)]);
    }

    @Benchmark
    public void tradeThatNobodyFollows() {
        market.apply(trades[next++ & (EVENTS - 1)]);
    }

    @Benchmark
    public Topic lookup() {
        return hub.topic(Channel.TICKER, names[(int) ((next++ & 0xffffff) * 7919L % symbols)])
                .orElseThrow();
    }
}
