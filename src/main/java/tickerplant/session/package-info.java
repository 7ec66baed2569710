/**
 * One connected client: what it follows, what waits for it, and how it is treated when it is slow. Subscriptions and alerts
 * belong to the market thread; what waits is in the outbox, under the one lock; sender threads carry it away.
 */
package tickerplant.session;
