package tickerplant.bus;

import java.util.function.ObjLongConsumer;
import tickerplant.market.Clock;
import tickerplant.market.LogEntry;

/** A log that lives in one process and remembers nothing: its order is the order of arrival at the market thread. */
public final class InProcessBus implements Bus {
    private final Handover<Runnable> marketThread;
    private final Clock clock;
    private final ObjLongConsumer<LogEntry> follower;

    /**
     * An empty log.
     *
     * @param follower is told of each entry, on the market thread, with when it was published, in nanoseconds of the clock
     */
    public InProcessBus(Handover<Runnable> marketThread, Clock clock, ObjLongConsumer<LogEntry> follower) {
        this.marketThread = marketThread;
        this.clock = clock;
        this.follower = follower;
    }

    @Override
    public void publish(LogEntry entry) throws InterruptedException {
        long published = clock.nanos();
        marketThread.putWhenRoom(() -> follower.accept(entry, published));
    }
}
