/**
 * JSON both ways: what the server says is written into bytes, what a client asks is read into commands. Stateless, called by
 * any thread.
 */
package tickerplant.codec;
