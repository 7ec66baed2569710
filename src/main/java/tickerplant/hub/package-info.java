/**
 * Who follows what: for each channel and symbol its followers and what they see; and the search for instruments. Called by
 * the market thread alone, but for the last row of a topic, which any thread may read, and the search, which is for any
 * thread but the market's.
 */
package tickerplant.hub;
