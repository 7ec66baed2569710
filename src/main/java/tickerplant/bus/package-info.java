/**
 * How events cross threads and machines: the one log of events that everything else follows. Owns its order, and the rule by
 * which everybody drops what was told twice. Feeds publish into it on their own threads; the market thread follows it.
 */
package tickerplant.bus;
