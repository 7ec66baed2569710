package tickerplant.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tickerplant.codec.JsonRows;
import tickerplant.hub.Hub;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.market.Events;
import tickerplant.market.Market;
import tickerplant.message.RequestId;

/** A subscription to 500 of 100,000 symbols, until the snapshot has been handed over, none of its rows ever sent before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SubscribeBenchmark {
    private static final int SYMBOLS = 100_000;
    private static final int WANTED = 500;

    private final Hub hub = new Hub(new JsonRows(), (event, reason) -> {}, 1_000);
    private final Market market = new Market(hub, 1_000);
    private final List<String> names = new ArrayList<>();
    private final Random dice = new Random(1);
    private final Clock clock = Clock.SYSTEM;
    private final Sender sender = new Sender(clock);
    private final Listener client = new Listener(hub, sender, clock);
    private List<String> wanted = List.of();
    private long ts = 1_000;

    /** Each symbol has a price. */
    @Setup
    public void list() {
        for (int i = 0; i < SYMBOLS; i++) {
            names.add(String.format("SIM%05d", i));
            market.apply(Events.listed(names.get(i), 9_900));
            market.apply(Events.quote(names.get(i), 10_000, 10_060, ts++));
            market.apply(Events.trade(names.get(i), 10_000, 100, ts++));
        }
    }

    /** Other symbols, whose rows are new again. */
    @Setup(Level.Invocation)
    public void choose() {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < WANTED; i++) {
            int with = i + dice.nextInt(SYMBOLS - i);
            Collections.swap(names, i, with);
            chosen.add(names.get(i));
            market.apply(Events.quote(names.get(i), 10_000 + dice.nextInt(50), 10_060, ts++));
        }
        wanted = chosen;
    }

    @Benchmark
    public long subscribe() throws InterruptedException {
        client.session.subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(wanted));
        sender.turn(0);
        return client.bytes;
    }

    /** Follows nothing again. */
    @TearDown(Level.Invocation)
    public void leave() throws InterruptedException {
        client.session.unsubscribe(RequestId.NONE, Channel.TICKER, wanted);
        sender.turn(0);
    }
}
