package tickerplant.service;

import java.util.Optional;

/**
 * The network connections below the WebSocket sessions, so that one whose client doesn't read any more can be cut: an
 * orderly close would wait behind what it hasn't read. Any thread may call it.
 */
public interface Connections {
    /**
     * The header of an upgrade request in which the connection's id reaches the endpoint's configurator. The embedded
     * server overwrites what a client sends under this name; in a container that can't cut, it means nothing.
     */
    String HEADER = "X-Tickerplant-Connection";

    /** Where the container doesn't let us reach them. */
    Connections OUT_OF_REACH = id -> false;

    /**
     * Where the client of a connection is, as far as the network tells: behind a proxy that is the proxy.
     *
     * @return empty where it is not known
     */
    default String address(String id) {
        return "";
    }

    /** Whether the client of a connection is known to be on this machine; a proxy may be, too. */
    default boolean isLoopback(String id) {
        return false;
    }

    /** A way to send frames past the container; empty where there is none. */
    default Optional<Line> line(String id) {
        return Optional.empty();
    }

    /**
     * Drops the connection at once, with what is still unsent.
     *
     * @return whether there was one to cut
     */
    boolean cut(String id);
}
