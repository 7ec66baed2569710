/**
 * Who follows what: for each channel and symbol its followers and what they see. Called by the market thread alone, but for
 * the last row of a topic, which any thread may read.
 */
package tickerplant.hub;
