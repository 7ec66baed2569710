package tickerplant.market;

/** A change of what a channel shows of one symbol. Immutable. */
public sealed interface Update permits Conflatable, Singular, NothingYet {
    /** What it is about. */
    Instrument instrument();

    /** The channel that tells it. */
    Channel channel();

    /** The place of its newest event in the log of its key: 1, 2, 3 … within an epoch; 0 before the first. */
    long seq();

    /** How many events it stands for, at least 1. */
    long n();
}
