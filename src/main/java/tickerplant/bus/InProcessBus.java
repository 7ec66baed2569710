package tickerplant.bus;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tickerplant.market.Clock;
import tickerplant.market.LogEntry;
import tickerplant.market.Receipt;
import tickerplant.market.Remembered;
import tickerplant.market.Symbol;

/**
 * A log of one lane that lives in one process: its order is the order of arrival. It remembers as many entries as it is told,
 * which for a service that runs by itself is none, and a snapshot only where it remembers entries after it.
 */
public final class InProcessBus implements Bus {
    private final Supplier<String> epoch;
    private final int kept;
    private final Clock clock;
    private final Deque<Posting> newest = new ArrayDeque<>();
    private long end;
    private final List<Local> followers = new ArrayList<>();
    private Mark mark = Mark.START;
    private final Map<Symbol, Remembered> listings = new LinkedHashMap<>();
    private boolean snapshot;

    /**
     * An empty log.
     *
     * @param epoch its name
     * @param kept how many entries it remembers for those who follow it later
     */
    public InProcessBus(Supplier<String> epoch, int kept, Clock clock) {
        this.epoch = epoch;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public String epoch() {
        return epoch.get();
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public int lane(Symbol symbol) {
        return 0;
    }

    @Override
    public void publish(LogEntry entry, Origin origin) throws InterruptedException {
        append(new Posting(entry, origin));
    }

    @Override
    public void publish(List<Posting> postings, Receipt receipt) throws InterruptedException {
        synchronized (this) {
            for (Posting posting : postings) {
                append(posting);
            }
        }
        receipt.safe();
    }

    /** Who has no room is waited for, and so is everybody else: the order must be the same for all. */
    private synchronized void append(Posting posting) throws InterruptedException {
        long place = end++;
        if (kept > 0) {
            newest.addLast(posting);
            if (newest.size() > kept) {
                newest.removeFirst();
            }
        }
        long published = clock.nanos();
        for (Local follower : followers) {
            follower.thread.putWhenRoom(() -> follower.hear(place, posting, published));
        }
    }

    @Override
    public Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    public synchronized Optional<Snapshot> snapshot() {
        return snapshot ? Optional.of(new Snapshot(List.of(mark), List.copyOf(listings.values()))) : Optional.empty();
    }

    @Override
    public synchronized Wanted wanted(int lane, Mark at) {
        if (kept == 0 || at.next() < mark.next()) {
            return Wanted.NOTHING;
        }
        return snapshot ? Wanted.CHANGES : Wanted.EVERYTHING;
    }

    @Override
    public synchronized void keep(int lane, Mark at, Collection<Remembered> changed) {
        snapshot = true;
        mark = at;
        changed.forEach(each -> listings.put(each.symbol(), each));
    }

    @Override
    public synchronized Following follow(Handover<Runnable> thread, List<Mark> from, Follower follower)
            throws IOException {
        Mark start = from.get(0);
        long oldest = end - newest.size();
        if (start.next() < oldest || start.next() > end) {
            throw new IOException("the log has the entries from " + oldest + " to " + end + ", expected those from "
                    + start.next() + " on");
        }
        Local local = new Local(thread, new Lanes(from, follower));
        long published = clock.nanos();
        List<Posting> missed = List.copyOf(newest);
        for (long place = start.next(); place < end; place++) {
            long here = place;
            Posting posting = missed.get((int) (place - oldest));
            thread.put(() -> local.hear(here, posting, published));
        }
        followers.add(local);
        return local;
    }

    @Override
    public synchronized void close() {
        followers.clear();
    }

    /** Somebody who follows. */
    private final class Local implements Following {
        private final Handover<Runnable> thread;
        private final Lanes lanes;
        private volatile boolean closed;

        Local(Handover<Runnable> thread, Lanes lanes) {
            this.thread = thread;
            this.lanes = lanes;
        }

        void hear(long place, Posting posting, long published) {
            if (!closed) {
                lanes.hear(0, place, posting, published);
            }
        }

        @Override
        public Mark mark(int lane) {
            return lanes.mark(lane);
        }

        @Override
        public Origin held(String source) {
            return lanes.held(source);
        }

        @Override
        public boolean catchUp(Duration patience) throws InterruptedException {
            CountDownLatch done = new CountDownLatch(1);
            thread.put(done::countDown);
            return done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }

        @Override
        public long repeated() {
            return lanes.repeated();
        }

        @Override
        public List<Lag> lags() {
            synchronized (InProcessBus.this) {
                return List.of(new Lag(end - lanes.next(0), -1));
            }
        }

        @Override
        public void close() {
            closed = true;
            synchronized (InProcessBus.this) {
                followers.remove(this);
            }
        }
    }
}
