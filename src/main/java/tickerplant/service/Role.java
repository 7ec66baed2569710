package tickerplant.service;

/** What a node does of what a service does. */
public enum Role {
    /** It runs feeds and serves clients. */
    BOTH,
    /** It runs feeds, and takes what is published. */
    FEED,
    /** It serves clients. */
    GATEWAY;

    /** Whether it runs feeds. */
    public boolean feeds() {
        return this != GATEWAY;
    }

    /** Whether it serves clients. */
    public boolean serves() {
        return this != FEED;
    }
}
