package tickerplant.socket;

import jakarta.websocket.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tickerplant.service.Access;
import tickerplant.service.BearerToken;
import tickerplant.service.Connection;
import tickerplant.service.Connections;
import tickerplant.service.Sessions;
import tickerplant.service.TokenRefused;

/**
 * What the endpoints need of the service. The container makes endpoints and configurators by itself, from their classes, so
 * this is the one place where they can find it: the only mutable static of the project. Set before the first connection and
 * cleared after the last; one service in a class loader at a time.
 */
public final class Gateway {
    private static volatile Gateway current;

    private final Sessions sessions;
    private final Connections connections;
    private final Set<String> origins;
    private final boolean echo;
    private final int messageBytes;

    /**
     * The way into a service.
     *
     * @param connections below the sessions
     * @param origins whose pages may connect, besides the server's own
     * @param echo whether {@code /ws/echo} is open
     * @param messageBytes of the longest message that is taken from a client
     */
    public Gateway(Sessions sessions, Connections connections, Set<String> origins, boolean echo, int messageBytes) {
        this.sessions = sessions;
        this.connections = connections;
        this.origins = Set.copyOf(origins);
        this.echo = echo;
        this.messageBytes = messageBytes;
    }

    /** From now on connections lead here. */
    public void open() {
        current = this;
    }

    /** From now on there is no service. */
    @SuppressWarnings("ReferenceEquality") // another one may have been opened since
    public void close() {
        if (current == this) {
            current = null;
        }
    }

    /** The one that is open. */
    static Optional<Gateway> current() {
        return Optional.ofNullable(current);
    }

    /**
     * Whether the service that is open, where one is, refuses an upgrade for the page that it comes from. For a container
     * that can say so before it upgrades; the others go by {@link #judge}, which has the same rule.
     *
     * @param origins the values of all {@code Origin} headers
     * @param hosts the values of all {@code Host} headers
     */
    public static boolean forbids(List<String> origins, List<String> hosts) {
        return current()
                .map(gateway -> !Origin.admits(origins, hosts, gateway.origins))
                .orElse(false);
    }

    /** Decides about an upgrade request, on the container's thread. */
    Handshake judge(UpgradeRequest request) {
        if (!Origin.admits(request.values("Origin"), request.values("Host"), origins)) {
            return Handshake.refused(Handshake.FORBIDDEN);
        }
        String connection =
                request.values(Connections.HEADER).stream().findFirst().orElse("");
        Access access = sessions.access();
        Optional<String> token =
                access.isOpen() ? Optional.empty() : BearerToken.in(request.values("Authorization"), request.query());
        if (token.isEmpty()) {
            return Handshake.admitted(connection, Optional.empty());
        }
        try {
            return Handshake.admitted(connection, Optional.of(access.grant(token.get(), "a handshake")));
        } catch (TokenRefused e) {
            return Handshake.refused(e.isPassing() ? Handshake.NO_KEYS : Handshake.BAD_TOKEN);
        }
    }

    /** A client has connected, on the container's thread; empty where there is no place for it, and then it is closed. */
    Optional<Connection> connect(Session session, Handshake handshake) {
        String id = handshake.connection();
        SocketWire wire = new SocketWire(session, id, connections, sessions.closer());
        return sessions.open(wire, connections.address(id), handshake.grant());
    }

    boolean echo() {
        return echo;
    }

    int messageBytes() {
        return messageBytes;
    }
}
