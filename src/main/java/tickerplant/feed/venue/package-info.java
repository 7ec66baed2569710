/**
 * Live venues over WebSocket, by their public protocols. {@link tickerplant.feed.venue.VenueFeed} keeps the line, asks for what
 * is followed, and sees to it that nothing is told twice or lost without a word; what a venue says and wants to be told is in
 * one class for each venue. All of it runs on the feed's thread; a line has threads of the JDK's client beside it.
 */
package tickerplant.feed.venue;
