package tickerplant.feed.simulated;

import tickerplant.market.Symbol;

/**
 * A company whose shares are traded in the simulation.
 *
 * @param symbol its ticker
 * @param name its name
 * @param exchange where it is listed
 * @param sector what it does
 * @param cents a plausible price of a share, in cents
 */
record Company(Symbol symbol, String name, String exchange, Sector sector, long cents) {}
