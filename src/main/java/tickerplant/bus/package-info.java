/**
 * How events cross threads, and machines later: the one log of events that everything else follows. Feeds publish into it on
 * their own threads; the market thread follows it.
 */
package tickerplant.bus;
