/**
 * Everything the server says, and the row: one update, encoded at most once however many receivers it has. Immutable but
 * for the row's cached text; made on the market thread or a container's, encoded on a sender's.
 */
package tickerplant.message;
