package tickerplant.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tickerplant.bus.Origin;
import tickerplant.bus.Posting;
import tickerplant.feed.EventTarget;
import tickerplant.feed.published.Ledger;
import tickerplant.feed.published.PublishedFeed;
import tickerplant.hub.Hub;
import tickerplant.market.Channel;
import tickerplant.market.Instrument;
import tickerplant.market.LogEntry;
import tickerplant.market.Receipt;
import tickerplant.market.Symbol;

/**
 * The way of published events into a log that many nodes share: the events of a message are safe once the log has them, and
 * then a mark says that the publisher has come so far. A message that comes again, here or at another node, is
 * dropped by whoever follows the log, as far as the log has it. For the feed's thread.
 */
final class SharedLedger implements EventTarget, Ledger {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** The part that a mark is: the last of a message. */
    private static final int LAST = Integer.MAX_VALUE;

    private final Supplier<SharedLog> log;
    private final Hub hub;
    private final List<Posting> told = new ArrayList<>();

    SharedLedger(Supplier<SharedLog> log, Hub hub) {
        this.log = log;
        this.hub = hub;
    }

    @Override
    public void publish(LogEntry entry) {
        publish(entry, 0);
    }

    /** The number is that of the event in its message, and the publisher and its message are not known yet. */
    @Override
    public void publish(LogEntry entry, long position) {
        told.add(new Posting(entry, SharedOrigin.of("", entry, position)));
    }

    @Override
    public Optional<String> trouble() {
        return log.get().bus().trouble();
    }

    @Override
    public long last(String publisher) {
        Origin held = log.get().following().held(SharedOrigin.publisher(publisher));
        return held.part() == LAST ? held.position() : Math.max(0, held.position() - 1);
    }

    @Override
    public long lastAnywhere(String publisher) throws InterruptedException {
        log.get().following().catchUp(PATIENCE);
        return last(publisher);
    }

    @Override
    public Optional<Instrument> listed(Symbol symbol) {
        return hub.topic(Channel.TICKER, symbol)
                .filter(topic -> topic.listing().feed().equals(PublishedFeed.NAME))
                .map(topic -> topic.listing().instrument());
    }

    @Override
    public void enter(String publisher, long pseq, Receipt receipt) throws InterruptedException {
        List<Posting> message = new ArrayList<>();
        for (Posting posting : told) {
            message.add(
                    SharedOrigin.isOfFeed(posting)
                            ? new Posting(posting.entry(), origin(publisher, pseq, posting.origin()))
                            : posting);
        }
        told.clear();
        if (!publisher.isEmpty()) {
            message.add(Posting.mark(new Origin(SharedOrigin.publisher(publisher), pseq, LAST)));
        }
        log.get().bus().publish(message, receipt);
    }

    private static Origin origin(String publisher, long pseq, Origin inMessage) {
        return publisher.isEmpty()
                ? Origin.NONE
                : new Origin(SharedOrigin.publisher(publisher), pseq, Math.toIntExact(inMessage.position()));
    }

    /** What was entered before is safe if its mark is there; else it may still be under way. */
    @Override
    public void again(String publisher, long pseq, Receipt receipt) throws InterruptedException {
        if (last(publisher) >= pseq || lastAnywhere(publisher) >= pseq) {
            receipt.safe();
        } else {
            receipt.lost("the log has not confirmed it yet, send it again");
        }
    }

    @Override
    public void drop() {
        told.clear();
    }
}
