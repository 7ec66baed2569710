/**
 * What talks to a service from outside, in the words of the wire and nothing else of ours. Each class is used by one thread, and keeps
 * a connection of its own.
 */
package tickerplant.client;
