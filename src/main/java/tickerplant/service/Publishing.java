package tickerplant.service;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tickerplant.feed.FeedStatus;
import tickerplant.feed.published.PublishedFeed;
import tickerplant.session.Rights;

/** What is published into the service, and by whom. Any thread. */
public final class Publishing {
    /** How many bodies are read at a time; half of the threads that the smallest machine has for requests. */
    private static final int MOST_BODIES = 2;

    private static final long BODY_PATIENCE_MILLIS = 250;

    private final PublishedFeed feed;
    private final Access access;
    private final Rights universe;
    private final Role role;
    private final AtomicInteger connected = new AtomicInteger();

    /** A body may come slowly, and holds a thread of the container, which has others to serve. */
    private final Semaphore bodies = new Semaphore(MOST_BODIES, true);

    /**
     * The way into a feed.
     *
     * @param universe the symbols that may be published at all; its scopes don't matter
     * @param role what this node does
     */
    Publishing(PublishedFeed feed, Access access, Rights universe, Role role) {
        this.role = role;
        this.feed = feed;
        this.access = access;
        this.universe = universe;
    }

    /**
     * Somebody who publishes, with all that is open to whoever shows no token.
     *
     * @param local whether it is known to be a program on this machine
     * @param grant what its token stands for, where it has shown one already
     */
    public Publisher publisher(boolean local, Optional<Grant> grant) {
        Publisher publisher = new Publisher(feed, universe, access.isOpen() && local ? Rights.ALL : Rights.NONE, role);
        if (!access.isOpen()) {
            grant.ifPresent(publisher::granted);
        }
        return publisher;
    }

    /** The same for a connection, which counts as one until it has left. */
    public Publisher connected(boolean local, Optional<Grant> grant) {
        Publisher publisher = publisher(local, grant);
        publisher.joins(connected);
        return publisher;
    }

    /** Whether somebody may not even connect, because no token would help. */
    public boolean isClosedTo(boolean local) {
        return access.isOpen() && !local;
    }

    /** Whether a body may be read now; waits a little for those before it. {@link #bodyEnds} must follow. */
    public boolean bodyBegins() throws InterruptedException {
        return bodies.tryAcquire(BODY_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A body has been read, or can't be. */
    public void bodyEnds() {
        bodies.release();
    }

    /**
     * The feed's state as its publishers make it: as long as nobody has published anything there is no such feed, and silent with
     * none of them connected it is down.
     */
    Optional<FeedStatus> seen(FeedStatus status) {
        if (!status.name().equals(PublishedFeed.NAME)) {
            return Optional.of(status);
        }
        if (status.state() == FeedStatus.State.CONNECTING) {
            return Optional.empty();
        }
        boolean down = status.state() == FeedStatus.State.STALE && connected.get() == 0;
        return Optional.of(down ? status.in(FeedStatus.State.DOWN) : status);
    }
}
