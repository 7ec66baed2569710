package tickerplant.service;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import tickerplant.bus.Handover;
import tickerplant.feed.EventTarget;
import tickerplant.feed.published.Ledger;
import tickerplant.market.Clock;
import tickerplant.market.LogEntry;

/**
 * The way of published events into the log: the events of a message go to the market thread in one step, and are safe once they have
 * entered the market. It remembers no publisher beyond the process. For the feed's thread.
 */
final class PublishedLog implements EventTarget, Ledger {
    private final Handover<Runnable> marketThread;
    private final Clock clock;
    private final ObjLongConsumer<LogEntry> follower;
    private final List<LogEntry> told = new ArrayList<>();

    /**
     * The way to the market thread.
     *
     * @param follower is told of each entry there, with when it was published, in nanoseconds of the clock
     */
    PublishedLog(Handover<Runnable> marketThread, Clock clock, ObjLongConsumer<LogEntry> follower) {
        this.marketThread = marketThread;
        this.clock = clock;
        this.follower = follower;
    }

    @Override
    public void publish(LogEntry entry) {
        told.add(entry);
    }

    @Override
    public long last(String publisher) {
        return 0;
    }

    @Override
    public void enter(String publisher, long pseq, Safe safe) throws InterruptedException {
        List<LogEntry> entries = List.copyOf(told);
        told.clear();
        long published = clock.nanos();
        marketThread.putWhenRoom(() -> {
            try {
                entries.forEach(entry -> follower.accept(entry, published));
            } catch (RuntimeException e) {
                safe.lost("the market failed at this message");
                throw e;
            }
            safe.safe();
        });
    }

    @Override
    public void again(String publisher, long pseq, Safe safe) throws InterruptedException {
        marketThread.putWhenRoom(safe::safe);
    }

    @Override
    public void drop() {
        told.clear();
    }
}
