package tickerplant.bus;

import java.util.function.Consumer;
import tickerplant.market.LogEntry;

/** A log that lives in one process and remembers nothing: its order is the order of arrival at the market thread. */
public final class InProcessBus implements Bus {
    private final Handover<Runnable> marketThread;
    private final Consumer<LogEntry> follower;

    public InProcessBus(Handover<Runnable> marketThread, Consumer<LogEntry> follower) {
        this.marketThread = marketThread;
        this.follower = follower;
    }

    @Override
    public void publish(LogEntry entry) throws InterruptedException {
        marketThread.putWhenRoom(() -> follower.accept(entry));
    }
}
