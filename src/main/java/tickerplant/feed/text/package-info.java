/**
 * Events as people write them: one a line, in CSV or NDJSON, or the same fields in a message. Owns the fields and what may stand
 * in them, and how symbols become known from the events about them. Called by the feed that reads them, on its threads.
 */
package tickerplant.feed.text;
