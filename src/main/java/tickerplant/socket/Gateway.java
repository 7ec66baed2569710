package tickerplant.socket;

import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tickerplant.service.Connection;
import tickerplant.service.Connections;
import tickerplant.service.Sessions;

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

    /** A client has connected, on the container's thread. */
    Connection connect(Session session, EndpointConfig config) {
        Object id = config.getUserProperties().getOrDefault(TickerConfigurator.CONNECTION, "");
        return sessions.open(new SocketWire(session, id.toString(), connections, sessions.closer()));
    }

    boolean echo() {
        return echo;
    }

    int messageBytes() {
        return messageBytes;
    }

    /** Whether a page from that origin may connect to the host that it asked for. */
    boolean admits(String origin, String host) {
        return Origin.isSame(origin, host) || origins.contains(origin.toLowerCase(Locale.ROOT));
    }
}
