package tickerplant.market;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Two updates of a symbol that wait for a slow client become one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MergeBenchmark {
    private final List<Conflatable> updates = new ArrayList<>();

    public MergeBenchmark() {
        Market market = new Market(
                new Market.Listener() {
                    @Override
                    public void listed(Listing listing) {}

                    @Override
                    public void updated(Listing listing, Update update, Update standing) {
                        if (update instanceof Conflatable conflatable && update.channel() == Channel.TICKER) {
                            updates.add(conflatable);
                        }
                    }

                    @Override
                    public boolean hears(Listing listing, Channel channel) {
                        return channel == Channel.TICKER;
                    }

                    @Override
                    public void refused(Event event, String reason) {
                        throw new IllegalStateException(reason);
                    }
                },
                1_000);
        market.apply(Events.listed("ACME", 9_900));
        market.apply(Events.quote("ACME", 10_000, 10_003, 1));
        market.apply(Events.trade("ACME", 10_003, 100, 2));
    }

    @Benchmark
    public Conflatable quoteAndTrade() {
        return updates.get(0).merge(updates.get(1));
    }
}
