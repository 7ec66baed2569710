/**
 * Reading of binary recordings: a window over bytes of any number, and numbers out of bytes. Whatever a file claims, no
 * more than the window is held. Called by the feed's own thread.
 */
package tickerplant.feed.binary;
