package tickerplant.conversation;

import java.util.List;
import java.util.concurrent.Semaphore;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSink;
import tickerplant.market.Event;
import tickerplant.market.Listed;

/** A feed that numbers its events, so that it may run on several nodes at once; each plays as far as the test lets it. */
final class NumberedFeed implements Feed {
    private final List<Listed> instruments;
    private final List<Event> events;
    private final Semaphore due = new Semaphore(0);
    private volatile long told;

    NumberedFeed(List<Listed> instruments, List<Event> events) {
        this.instruments = instruments;
        this.events = events;
    }

    /** Lets it play so many more. */
    void plays(int count) {
        due.release(count);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public List<Listed> instruments() {
        return instruments;
    }

    @Override
    public boolean isNumbered() {
        return true;
    }

    @Override
    public void goOn(long position) {
        told = position;
    }

    @Override
    public void run(FeedSink sink) throws InterruptedException {
        for (int i = (int) told; i < events.size(); i++) {
            due.acquire();
            sink.event(events.get(i), i + 1);
        }
        due.acquire(Integer.MAX_VALUE); // it is live, and nothing more happens
    }
}
