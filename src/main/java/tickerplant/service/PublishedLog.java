package tickerplant.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import tickerplant.bus.Handover;
import tickerplant.feed.EventTarget;
import tickerplant.feed.published.Ledger;
import tickerplant.journal.Journal;
import tickerplant.market.Clock;
import tickerplant.market.LogEntry;
import tickerplant.market.Receipt;

/**
 * The way of published events into the log: the events of a message go to the market thread in one step, and are safe once the
 * journal has stored that step. How far publishers have come is what the journal says. For the feed's thread.
 */
final class PublishedLog implements EventTarget, Ledger {
    private static final String FAILED = "the market failed at this message";

    private final Handover<Runnable> marketThread;
    private final Clock clock;
    private final ObjLongConsumer<LogEntry> follower;
    private final Journal journal;
    private final List<LogEntry> told = new ArrayList<>();

    /**
     * The way to the market thread.
     *
     * @param follower is told of each entry there, with when it was published, in nanoseconds of the clock; ends no step
     * @param journal hears of each message when its entries have been told
     */
    PublishedLog(Handover<Runnable> marketThread, Clock clock, ObjLongConsumer<LogEntry> follower, Journal journal) {
        this.marketThread = marketThread;
        this.clock = clock;
        this.follower = follower;
        this.journal = journal;
    }

    @Override
    public void publish(LogEntry entry) {
        told.add(entry);
    }

    @Override
    public Optional<String> trouble() {
        return journal.trouble();
    }

    @Override
    public long last(String publisher) {
        return journal.pseq(publisher).orElse(0);
    }

    @Override
    public void enter(String publisher, long pseq, Receipt receipt) throws InterruptedException {
        List<LogEntry> entries = List.copyOf(told);
        told.clear();
        long published = clock.nanos();
        marketThread.putWhenRoom(() -> {
            try {
                entries.forEach(entry -> follower.accept(entry, published));
                journal.published(publisher, pseq, receipt);
            } catch (RuntimeException | Error e) {
                receipt.lost(FAILED);
                throw e;
            } finally {
                // What clients have been told before a failure is stored.
                journal.stepped();
            }
        });
    }

    @Override
    public void again(String publisher, long pseq, Receipt receipt) throws InterruptedException {
        marketThread.putWhenRoom(() -> {
            if (journal.pseq(publisher).orElse(0) < pseq) {
                receipt.lost(FAILED);
            } else {
                journal.repeated(publisher, pseq, receipt);
                journal.stepped();
            }
        });
    }

    @Override
    public void drop() {
        told.clear();
    }
}
