/**
 * Recorded captures of the exchange IEX: pcap and pcap-ng files, the transport IEX-TP, the messages of TOPS 1.6 and of
 * DEEP 1.0. Called by the replay through {@link tickerplant.feed.Recording}, on the feed's thread. Whatever the bytes are,
 * reading them ends in events and damage reports, never in an exception of its own and never in memory without bound.
 */
package tickerplant.feed.iex;
