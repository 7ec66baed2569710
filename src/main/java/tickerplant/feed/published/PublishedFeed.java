package tickerplant.feed.published;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSink;
import tickerplant.feed.text.OpenUniverse;
import tickerplant.feed.text.Rejection;
import tickerplant.market.Clock;
import tickerplant.market.Instrument;
import tickerplant.market.Receipt;

/**
 * Takes what publishers send, message by message: each one is judged, told, entered, and answered in the order of arrival. A
 * publisher's messages are numbered; one that comes again changes nothing, and one that skips others is not taken.
 */
public final class PublishedFeed implements Feed {
    /** Its name, and that of the feed which published symbols belong to. */
    public static final String NAME = "published";

    /** How many messages may be here that have not been answered, whoever sent them. */
    public static final int ROOM = 256;

    /** How many publishers are remembered: whoever sends made-up names must not fill the memory. */
    static final int MOST_PUBLISHERS = 10_000;

    private final Ledger ledger;
    private final OpenUniverse universe;
    private final int mostPublishers;
    private final Semaphore room = new Semaphore(ROOM);
    private final BlockingQueue<Publication> waiting = new ArrayBlockingQueue<>(ROOM);
    /** The number of each publisher's last message. */
    private final Map<String, Long> last = new HashMap<>();

    public PublishedFeed(Ledger ledger, Clock clock) {
        this(ledger, clock, MOST_PUBLISHERS);
    }

    PublishedFeed(Ledger ledger, Clock clock, int mostPublishers) {
        this.ledger = ledger;
        this.universe = new OpenUniverse(NAME, clock, ledger::listed);
        this.mostPublishers = mostPublishers;
    }

    /** Takes a message, on any thread, without waiting; false where there is no room for it, and then nobody is told. */
    public boolean offer(Publication publication) {
        if (!room.tryAcquire()) {
            return false;
        }
        waiting.add(publication);
        return true;
    }

    /** The same, but waits for room, so many milliseconds at most. */
    public boolean offer(Publication publication, long patienceMillis) throws InterruptedException {
        if (!room.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS)) {
            return false;
        }
        waiting.add(publication);
        return true;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void goOn(Instrument instrument) {
        universe.keep(instrument);
    }

    @Override
    public void run(FeedSink sink) throws InterruptedException {
        while (true) {
            Publication publication = waiting.take();
            Consumer<Outcome> told = outcome -> {
                room.release();
                publication.told().accept(outcome);
            };
            try {
                take(publication, sink, told);
            } catch (RuntimeException | Error e) {
                ledger.drop();
                told.accept(new Outcome.Failed("the server failed at this message"));
                throw e;
            }
        }
    }

    private void take(Publication publication, FeedSink sink, Consumer<Outcome> told) throws InterruptedException {
        String publisher = publication.publisher();
        if (publisher.isEmpty()) {
            enter(publication, sink, told);
            return;
        }
        if (!last.containsKey(publisher) && last.size() >= mostPublishers) {
            told.accept(new Outcome.Crowded(mostPublishers));
            return;
        }
        long before = last(publisher);
        if (publication.pseq() > before + 1) {
            before = Math.max(before, ledger.lastAnywhere(publisher));
        }
        if (publication.pseq() <= before) {
            int duplicates = publication.events().size();
            ledger.again(publisher, publication.pseq(), receipt(told, new Outcome.Accepted(0, duplicates, List.of())));
        } else if (publication.pseq() > before + 1) {
            told.accept(new Outcome.Skipped(before + 1));
        } else {
            if (enter(publication, sink, told)) {
                last.put(publisher, publication.pseq());
            }
        }
    }

    /** One that nobody has heard of takes no place before its first message is taken. It may have been entered elsewhere. */
    private long last(String publisher) throws InterruptedException {
        return Math.max(last.getOrDefault(publisher, 0L), ledger.last(publisher));
    }

    /** Enters it, or answers at once that it changed nothing: what can't be made safe is not shown to anybody either. */
    private boolean enter(Publication publication, FeedSink sink, Consumer<Outcome> told) throws InterruptedException {
        Optional<String> trouble = ledger.trouble();
        if (trouble.isPresent()) {
            told.accept(new Outcome.Failed(trouble.get()));
            return false;
        }
        List<Rejection> rejected = universe.tell(publication.events(), publication.allowed(), sink);
        int count = publication.events().size() - rejected.size();
        ledger.enter(
                publication.publisher(), publication.pseq(), receipt(told, new Outcome.Accepted(count, 0, rejected)));
        return true;
    }

    private static Receipt receipt(Consumer<Outcome> told, Outcome outcome) {
        return new Receipt() {
            @Override
            public void safe() {
                told.accept(outcome);
            }

            @Override
            public void lost(String reason) {
                told.accept(new Outcome.Failed(reason));
            }
        };
    }
}
