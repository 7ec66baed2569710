package tickerplant.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tickerplant.market.Channel;
import tickerplant.market.Event;
import tickerplant.market.Events;
import tickerplant.market.Listing;
import tickerplant.market.Market;
import tickerplant.market.Update;

/** A row as JSON: what changed with a quote, with a trade, and all that stands after both. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowBenchmark {
    private final JsonRows rows = new JsonRows();
    private final List<Update> updates = new ArrayList<>();
    private Update standing;

    public RowBenchmark() {
        Market market = new Market(
                new Market.Listener() {
                    @Override
                    public void listed(Listing listing) {}

                    @Override
                    public void updated(Listing listing, Update update, Update nowStanding) {
                        if (update.channel() == Channel.TICKER) {
                            updates.add(update);
                            standing = nowStanding;
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
        market.apply(Events.quote("ACME", 10_000, 10_003, 1_767_225_600_123_456L));
        market.apply(Events.trade("ACME", 10_003, 100, 1_767_225_600_123_789L));
    }

    @Benchmark
    public byte[] quote() {
        return rows.update(updates.get(0));
    }

    @Benchmark
    public byte[] trade() {
        return rows.update(updates.get(1));
    }

    @Benchmark
    public byte[] snapshot() {
        return rows.snapshot(standing);
    }
}
