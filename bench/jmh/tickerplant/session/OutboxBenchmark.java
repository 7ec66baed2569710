package tickerplant.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tickerplant.codec.JsonRows;
import tickerplant.hub.Hub;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.market.Event;
import tickerplant.market.Events;
import tickerplant.market.Market;
import tickerplant.message.RequestId;

/** From the event to the frame, with no network: 100 clients that follow 10 symbols each; times are for each delivery. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OutboxBenchmark {
    private static final int CLIENTS = 100;
    private static final int SYMBOLS = 10;
    private static final int EVENTS = 1 << 12;

    private final Hub hub = new Hub(new JsonRows(), (event, reason) -> {}, 1_000);
    private final Market market = new Market(hub, 1_000);
    private final Clock clock = Clock.SYSTEM;
    private final Sender sender = new Sender(clock);
    private final Event[] quotes = new Event[EVENTS];
    private int next;

    /** Everybody follows everything. */
    @Setup
    public void follow() throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < SYMBOLS; i++) {
            names.add("SIM0000" + i);
            market.apply(Events.listed(names.get(i), 9_900));
        }
        for (int i = 0; i < EVENTS; i++) {
            quotes[i] = Events.quote(names.get(i % SYMBOLS), 10_000 + i % 50, 10_060 + i % 40, 1_000 + i);
        }
        for (int i = 0; i < CLIENTS; i++) {
            new Listener(hub, sender, clock).session.subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(names));
        }
        sender.turn(0);
    }

    /** Offered, and sent at once in a frame of one row. */
    @Benchmark
    @OperationsPerInvocation(CLIENTS)
    public void offerAndSend() throws InterruptedException {
        market.apply(quotes[next++ & (EVENTS - 1)]);
        sender.turn(0);
    }

    /** Offered ten times, and sent in a frame of ten rows. */
    @Benchmark
    @OperationsPerInvocation(CLIENTS * SYMBOLS)
    public void offerTenAndSend() throws InterruptedException {
        for (int i = 0; i < SYMBOLS; i++) {
            market.apply(quotes[next++ & (EVENTS - 1)]);
        }
        sender.turn(0);
    }

    /** Offered and never sent: merged with what waits. */
    @Benchmark
    @OperationsPerInvocation(CLIENTS)
    public void offerAndMerge() {
        market.apply(quotes[next++ & (EVENTS - 1)]);
    }
}
