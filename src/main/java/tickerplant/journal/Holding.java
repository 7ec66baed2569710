package tickerplant.journal;

/**
 * How much there is of a kind.
 *
 * @param kind of which
 * @param things events, or bars
 * @param bytes about how much they take in the file
 * @param removed how many things were removed for their age since the journal was opened
 */
public record Holding(Kind kind, long things, long bytes, long removed) {}
