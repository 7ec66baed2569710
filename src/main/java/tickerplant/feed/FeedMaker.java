package tickerplant.feed;

import tickerplant.market.Clock;

/**
 * Makes feeds of a kind that the service does not bring itself. Found by {@link java.util.ServiceLoader}: its class has a public
 * constructor without parameters, and stands in a file {@code META-INF/services/tickerplant.feed.FeedMaker} on the class path
 * of the service. One thread calls it.
 */
public interface FeedMaker {
    /** What feeds of this kind are called in a specification, before {@code :} and {@code ?}. */
    String kind();

    /**
     * The feed that is asked for; nothing of it runs yet. Its name is among all feeds of the service the only such one.
     *
     * @param spec a specification of this kind
     * @param clock the only one that the feed may ask for the time
     * @throws IllegalArgumentException naming the option that is wrong and what was expected
     */
    Feed feed(FeedSpec spec, Clock clock);
}
