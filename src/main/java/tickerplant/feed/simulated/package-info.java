/**
 * A feed of an invented market: real tickers, made-up prices. {@link tickerplant.feed.simulated.MarketSimulation} decides
 * what happens and when, from a seed alone; {@link tickerplant.feed.simulated.SimulatedFeed} waits until it is due. All
 * of it is owned by the feed's thread.
 */
package tickerplant.feed.simulated;
