package tickerplant.bus;

import java.util.function.Consumer;
import tickerplant.market.Event;

/** A log that lives in one process and remembers nothing: its order is the order of arrival at the market thread. */
public final class InProcessBus implements Bus {
    private final Handover<Runnable> marketThread;
    private final Consumer<Event> follower;

    public InProcessBus(Handover<Runnable> marketThread, Consumer<Event> follower) {
        this.marketThread = marketThread;
        this.follower = follower;
    }

    @Override
    public void publish(Event event) throws InterruptedException {
        marketThread.putWhenRoom(() -> follower.accept(event));
    }
}
