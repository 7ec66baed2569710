/**
 * The book of one instrument, as far as the top of it: for feeds that tell price levels or single orders, from which the
 * best bid and ask must be found. Owned by the feed's own thread. It knows no exchange and no form of message.
 */
package tickerplant.feed.book;
