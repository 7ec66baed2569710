package tickerplant.service;

/** Whom something is told. */
public enum Audience {
    /** Nobody. */
    NONE,
    /** Programs on the same machine, unless they ask for somebody else. */
    LOCAL,
    /** Whoever asks. */
    ALL
}
