/**
 * Recorded days of Nasdaq TotalView-ITCH 5.0: the file's frames, its messages, the orders from which the top of each book
 * is made. Called by the replay through {@link tickerplant.feed.Recording}, on the feed's thread. Whatever the bytes are,
 * reading them ends in events and damage reports, never in an exception of its own and never in memory without bound.
 */
package tickerplant.feed.itch;
