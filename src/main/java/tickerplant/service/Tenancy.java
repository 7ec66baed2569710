package tickerplant.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import tickerplant.bus.Origin;
import tickerplant.bus.Posting;
import tickerplant.market.Clock;
import tickerplant.market.Tenure;

/**
 * Whether this node is the one that runs a feed whose events have no numbers. A shared log decides: whoever wants to run the feed
 * claims its next term there, the first claim counts, and the same rule that drops what comes twice drops what the one before
 * still tells after it. He says again and again that he is there; others wait until he resigns, or is silent. Odd terms are somebody's, even
 * ones nobody's. Any thread.
 */
final class Tenancy {
    private static final Logger LOG = System.getLogger(Tenancy.class.getName());
    /** Each term has room for so many events, as bits. */
    private static final int EVENT_BITS = 40;

    private final String feed;
    private final String node;
    private final long patienceNanos;
    private final Clock clock;
    private long term;
    /** Who has the term; empty where nobody has, or it isn't known yet. */
    private String holder = "";

    private long heardAt;
    /** Where the feed runs in this node. */
    private Optional<Thread> running = Optional.empty();

    private boolean evicted;

    /**
     * The tenancy of a feed, as seen from a node.
     *
     * @param node its name, which no other has
     * @param patience how long somebody who runs it may be silent
     */
    Tenancy(String feed, String node, Duration patience, Clock clock) {
        this.feed = feed;
        this.node = node;
        this.patienceNanos = patience.toNanos();
        this.clock = clock;
        this.heardAt = clock.nanos();
    }

    String feed() {
        return feed;
    }

    /** The number of an event that is told in a term, from 1. */
    static long position(long term, long event) {
        return (term << EVENT_BITS) + event;
    }

    /** What the log held of the feed when this node joined. */
    synchronized void joined(Origin held) {
        long before = held.position() >>> EVENT_BITS;
        if (before > term) {
            term = before;
            holder = "";
        }
        heardAt = clock.nanos();
    }

    /** The log says this, and nothing of it twice. */
    synchronized void heard(Tenure said) {
        if (said.term() > term || (said.term() == term && holder.isEmpty())) {
            term = said.term();
            holder = said.node();
            LOG.log(Level.INFO, "feed " + feed + " is run by " + who() + ", term=" + term);
            evictWhereLost();
            notifyAll();
        }
        if (said.term() == term && said.node().equals(holder)) {
            heardAt = clock.nanos();
        }
    }

    private String who() {
        if (holder.isEmpty()) {
            return "nobody";
        }
        return isMine() ? "this node" : "another node";
    }

    private void evictWhereLost() {
        if (!isMine() && running.isPresent()) {
            evicted = true;
            running.get().interrupt();
        }
    }

    private boolean isMine() {
        return holder.equals(node);
    }

    private boolean isVacant() {
        return term % 2 == 0;
    }

    /** Nothing comes through the log at the moment, so silence means nothing. */
    synchronized void excuse() {
        heardAt = clock.nanos();
    }

    /** What is to be said now: that it is still run here, or that it is to be; to be asked every second. */
    synchronized Optional<Posting> due() {
        if (isMine()) {
            return Optional.of(new Posting(said(node, term), Origin.NONE));
        }
        if (isVacant() || clock.nanos() - heardAt > patienceNanos) {
            return Optional.of(change(node, isVacant() ? term + 1 : term + 2));
        }
        return Optional.empty();
    }

    /** What is to be said where it will no longer be run here. */
    synchronized Optional<Posting> resignation() {
        return isMine() ? Optional.of(change("", term + 1)) : Optional.empty();
    }

    private Posting change(String to, long next) {
        return new Posting(said(to, next), new Origin(SharedOrigin.feed(feed), position(next, 0), 0));
    }

    private Tenure said(String by, long of) {
        return new Tenure(feed, by, of, clock.micros());
    }

    /**
     * Waits until it is to be run here. Until it {@linkplain #leave leaves}, the calling thread is interrupted when that is no longer
     * so.
     *
     * @return the term
     */
    synchronized long enter() throws InterruptedException {
        while (!isMine()) {
            wait();
        }
        running = Optional.of(Thread.currentThread());
        return term;
    }

    /** The thread that has entered does something else from now on; answers whether it was interrupted for it. */
    synchronized boolean leave() {
        boolean was = evicted;
        if (was) {
            Thread.interrupted();
        }
        evicted = false;
        running = Optional.empty();
        return was;
    }
}
