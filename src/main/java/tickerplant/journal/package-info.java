/**
 * What outlives a restart: trades, news and phases one by one, bars, last values, sequences, and how far each publisher has
 * come. The market thread tells it what happened and never waits for it; one thread of its own writes; whoever reads brings
 * a thread along.
 */
package tickerplant.journal;
