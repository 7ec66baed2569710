/**
 * Events that come as lines over TCP, for desks that have nothing but {@code nc}. Owns the port, which this machine alone can reach,
 * and a thread for each connection. The feed's thread waits for connections.
 */
package tickerplant.feed.lines;
