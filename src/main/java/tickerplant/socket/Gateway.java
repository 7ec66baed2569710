package tickerplant.socket;

import jakarta.websocket.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tickerplant.service.Access;
import tickerplant.service.BearerToken;
import tickerplant.service.ClientNetwork;
import tickerplant.service.Connection;
import tickerplant.service.Connections;
import tickerplant.service.Grant;
import tickerplant.service.Obstacle;
import tickerplant.service.Sessions;
import tickerplant.service.TokenRefused;

/**
 * What the endpoints need of the service. The container makes endpoints and configurators by itself, from their classes, so
 * this is the one place where they can find it: the only mutable static of the project. Set before the first connection and
 * cleared after the last; one service in a class loader at a time.
 */
public final class Gateway {
    /** The headers by which a request gives away that it does not come straight from a program. */
    public static final List<String> REMOTE_HEADERS = List.of(
            "Origin", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private static final String HANDSHAKE = "a handshake";

    private static volatile Gateway current;

    private final Sessions sessions;
    private final Connections connections;
    private final Set<String> origins;
    private final boolean echo;
    private final int messageBytes;
    /** A filter tells it to the configurator, which the container calls on the same thread, with nothing in common. */
    private final ThreadLocal<String> address = new ThreadLocal<>();

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

    /**
     * Whether the service that is open, where one is, refuses an upgrade for the token that comes with it. For a container
     * that can say so before it upgrades. A page's request is never refused for that: it couldn't see the status, so it is
     * upgraded and closed with the code of {@link #judge}.
     *
     * @param origins the values of all {@code Origin} headers
     * @param authorization the values of all {@code Authorization} headers
     * @param query what follows the question mark, still encoded; empty where nothing does
     */
    public static boolean mistrusts(List<String> origins, List<String> authorization, String query) {
        return origins.isEmpty()
                && current()
                        .map(gateway -> gateway.mistrusts(BearerToken.in(authorization, query)))
                        .orElse(false);
    }

    private boolean mistrusts(Optional<String> token) {
        if (token.isEmpty() || sessions.access().isOpen()) {
            return false;
        }
        try {
            Grant unused = sessions.access().grant(token.get(), HANDSHAKE);
            return false;
        } catch (TokenRefused e) {
            return !e.isPassing();
        }
    }

    /** Notes where a request comes from that the container may be about to upgrade, on this thread, until {@link #departed}. */
    public static void arriving(String address) {
        current().ifPresent(gateway -> gateway.address.set(address));
    }

    /** The container has done with the request what it wants. */
    public static void departed() {
        current().ifPresent(gateway -> gateway.address.remove());
    }

    /**
     * Somebody was turned away before the service was asked; counted where one is open.
     *
     * @param address where it is; empty where that is not known
     */
    public static void turnedAway(Obstacle obstacle, String address) {
        current().ifPresent(gateway -> gateway.sessions.reception().refused(obstacle, address));
    }

    /** Somebody gets an answer that it doesn't want. */
    private Handshake refused(Handshake.Refusal refusal, String address) {
        sessions.reception().refused(refusal.obstacle(), address);
        return Handshake.refused(refusal);
    }

    /** Decides about an upgrade request, on the container's thread. */
    Handshake judge(UpgradeRequest request) {
        String connection =
                request.values(Connections.HEADER).stream().findFirst().orElse("");
        if (!Origin.admits(request.values("Origin"), request.values("Host"), origins)) {
            return refused(Handshake.FORBIDDEN, address(request, connection));
        }
        Access access = sessions.access();
        Optional<String> token =
                access.isOpen() ? Optional.empty() : BearerToken.in(request.values("Authorization"), request.query());
        boolean local = isLocal(request, connection);
        if (token.isEmpty()) {
            return Handshake.admitted(connection, address(request, connection), Optional.empty(), local);
        }
        try {
            Grant grant = access.grant(token.get(), HANDSHAKE);
            return Handshake.admitted(connection, address(request, connection), Optional.of(grant), local);
        } catch (TokenRefused e) {
            return refused(e.isPassing() ? Handshake.NO_KEYS : Handshake.BAD_TOKEN, address(request, connection));
        }
    }

    private String address(UpgradeRequest request, String connection) {
        return told(request).map(ClientNetwork::of).orElseGet(() -> connections.address(connection));
    }

    /** Where the client is, of a container that tells. */
    private Optional<String> told(UpgradeRequest request) {
        return Optional.ofNullable(address.get()).or(request::address);
    }

    /** A request that says whom it was passed on for comes from a proxy, wherever that is; one of a page names an origin. */
    private boolean isLocal(UpgradeRequest request, String connection) {
        return (connections.isLoopback(connection)
                        || told(request).filter(ClientNetwork::isLoopback).isPresent())
                && REMOTE_HEADERS.stream().allMatch(name -> request.values(name).isEmpty());
    }

    /** Why nobody may publish on this connection, whatever is said on it; empty where somebody may. */
    Optional<Handshake.Refusal> publisherRefusal(Handshake handshake) {
        if (!sessions.publishing().isClosedTo(handshake.local())) {
            return Optional.empty();
        }
        sessions.reception().refused(Handshake.NO_PUBLISHER.obstacle(), handshake.address());
        return Optional.of(Handshake.NO_PUBLISHER);
    }

    /** A publisher has connected, on the container's thread; empty where there is no place for it, and then it is closed. */
    Optional<Connection> connectPublisher(Session session, Handshake handshake) {
        return sessions.open(
                wire(session, handshake),
                handshake.address(),
                handshake.grant(),
                sessions.publishing().connected(handshake.local(), handshake.grant()));
    }

    /** A client has connected, on the container's thread; empty where there is no place for it, and then it is closed. */
    Optional<Connection> connect(Session session, Handshake handshake) {
        return sessions.open(wire(session, handshake), handshake.address(), handshake.grant());
    }

    /**
     * Who is silent is found by pings. A container that counts too may do so with a task for each message; Tyrus does even
     * where it counts up to 0.
     */
    private SocketWire wire(Session session, Handshake handshake) {
        session.setMaxIdleTimeout(-1);
        return new SocketWire(session, handshake.connection(), connections, sessions.closer());
    }

    boolean echo() {
        return echo;
    }

    int messageBytes() {
        return messageBytes;
    }
}
