/**
 * The container: the embedded server with its filter in front of the sockets, the command line, and logging when started
 * by itself. {@code main} calls it; requests arrive on the server's own few threads. No other package knows Grizzly or
 * Tyrus.
 */
package tickerplant.server;
