package tickerplant.service;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tickerplant.feed.Demand;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSink;
import tickerplant.feed.LastWord;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;

/**
 * A feed that doesn't number its events, on one of several nodes that could run it: it waits until it is this node's turn, goes on
 * where the others ended, and numbers what it tells within its term.
 */
final class StandbyFeed implements Feed {
    /** Knows what was told last of the feed's symbols, once all of it was heard. */
    interface Past {
        /** All of it. */
        List<LastWord> of(String feed) throws IOException, InterruptedException;
    }

    private final Feed feed;
    private final Tenancy tenancy;
    private final Past past;
    private long term;
    private long events;

    StandbyFeed(Feed feed, Tenancy tenancy, Past past) {
        this.feed = feed;
        this.tenancy = tenancy;
        this.past = past;
    }

    @Override
    public String name() {
        return feed.name();
    }

    @Override
    public Mode mode() {
        return feed.mode();
    }

    @Override
    public List<Listed> instruments() throws IOException {
        return feed.instruments();
    }

    @Override
    public void goOn(Instrument instrument) {
        feed.goOn(instrument);
    }

    @Override
    public Demand demand() {
        return feed.demand();
    }

    @Override
    public void run(FeedSink sink) throws IOException, InterruptedException {
        while (true) {
            long entered = tenancy.enter();
            try {
                if (entered != term) {
                    takeOver(sink);
                    events = 0;
                    term = entered;
                }
                feed.run(new Numbered(sink, entered));
                return;
            } catch (InterruptedException e) {
                if (!tenancy.leave()) {
                    throw e;
                }
            } finally {
                tenancy.leave();
            }
        }
    }

    private void takeOver(FeedSink sink) throws IOException, InterruptedException {
        List<LastWord> told = past.of(feed.name());
        told.forEach(word -> sink.knows(word.instrument(), word.ts()));
        feed.takesOver(told);
    }

    /** Gives each event a number that grows, from term to term and within one. */
    private final class Numbered implements FeedSink {
        private final FeedSink sink;
        private final long within;

        Numbered(FeedSink sink, long within) {
            this.sink = sink;
            this.within = within;
        }

        private long next() {
            return Tenancy.position(within, ++events);
        }

        @Override
        public void event(Event event) throws InterruptedException {
            sink.event(event, next());
        }

        @Override
        public void knows(Instrument instrument, long ts) {
            sink.knows(instrument, ts);
        }

        @Override
        public void alive() {
            sink.alive();
        }

        @Override
        public Optional<String> offer(Event event) throws InterruptedException {
            return sink.offer(event, next());
        }

        @Override
        public void damaged(String place, String reason) {
            sink.damaged(place, reason);
        }
    }
}
