package tickerplant.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import tickerplant.service.BearerToken;
import tickerplant.service.ClientNetwork;
import tickerplant.service.Connections;
import tickerplant.service.Obstacle;
import tickerplant.socket.Gateway;

/**
 * Stands before Tyrus: knows the connection below each WebSocket session, so that it can be cut, and ends those whose
 * upgrade was refused. Grizzly's threads call the filter, any thread {@link #cut}.
 */
final class ConnectionFilter extends BaseFilter implements Connections {
    /**
     * What the kernel may hold for a client that doesn't read, asked for in bytes (Linux grants twice as much). Left to
     * itself, the kernel lets it grow to megabytes, all of it stale when it is read at last: on loopback it swallowed 3,920
     * KiB, with this 256.
     */
    static final int SEND_BUFFER_BYTES = 64 * 1024;

    private static final Logger LOG = Logger.getLogger(ConnectionFilter.class.getName());
    private static final String WEBSOCKET = "websocket";
    private static final int SWITCHING_PROTOCOLS = 101;

    /** A connection on which an upgrade was asked for. */
    private static final class Line {
        private final String id;
        private volatile boolean upgraded;
        private volatile boolean refused;

        Line(String id) {
            this.id = id;
        }
    }

    private final Attribute<Line> lines =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(ConnectionFilter.class.getName() + ".line");
    private final Map<String, Connection<SocketAddress>> open = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** How many connections could be cut now. */
    int size() {
        return open.size();
    }

    @Override
    public boolean cut(String id) {
        Connection<?> connection = open.get(id);
        if (connection == null) {
            return false;
        }
        cut(connection);
        return true;
    }

    static void cut(Connection<?> connection) {
        if (!connection.isOpen()) {
            return;
        }
        try {
            // a reset instead of an orderly end, or the kernel would go on offering the unsent rest
            channel(connection).setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            LOG.log(Level.FINE, "the connection is closed already", e);
        }
        connection.terminateSilently();
    }

    @Override
    public Optional<tickerplant.service.Line> line(String id) {
        return Optional.ofNullable(open.get(id)).map(GrizzlyLine::new);
    }

    @Override
    public NextAction handleAccept(FilterChainContext context) throws IOException {
        channel(context.getConnection()).setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
        return context.getInvokeAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        if (context.getMessage() instanceof HttpContent content
                && content.getHttpHeader() instanceof HttpRequestPacket request
                && WEBSOCKET.equalsIgnoreCase(request.getUpgrade())) {
            Line line = line(context.getConnection());
            if (!line.upgraded && isForbidden(request)) {
                return refuse(context, request.getResponse(), HttpStatus.FORBIDDEN_403);
            }
            if (!line.upgraded && isMistrusted(request)) {
                request.getResponse().setHeader(Header.WWWAuthenticate, BearerToken.REFUSED);
                return refuse(context, request.getResponse(), HttpStatus.UNAUTHORIZED_401);
            }
            if (!line.upgraded) {
                request.setHeader(HEADER, line.id);
                context.addCompletionListener(done -> {
                    if (line.refused) {
                        done.getConnection().closeSilently();
                    }
                });
            }
        }
        return context.getInvokeAction();
    }

    private static boolean isForbidden(HttpRequestPacket request) {
        return Gateway.forbids(values(request, "Origin"), values(request, "Host"));
    }

    private static boolean isMistrusted(HttpRequestPacket request) {
        String query = request.getQueryString();
        return Gateway.mistrusts(
                values(request, "Origin"), values(request, "Authorization"), query == null ? "" : query);
    }

    private static List<String> values(HttpRequestPacket request, String name) {
        List<String> values = new ArrayList<>();
        request.getHeaders().values(name).forEach(values::add);
        return values;
    }

    /** Answers before Tyrus sees the request: it would have to upgrade first, and couldn't say why not. */
    private static NextAction refuse(FilterChainContext context, HttpResponsePacket response, HttpStatus status)
            throws IOException {
        Gateway.turnedAway(Obstacle.answeredBy(status.getStatusCode()), address(context.getConnection()));
        status.setValues(response);
        response.setContentLength(0);
        response.setHeader(Header.Connection, "close");
        context.addCompletionListener(done -> done.getConnection().closeSilently());
        context.write(HttpContent.builder(response).last(true).build());
        return context.getStopAction();
    }

    @Override
    public String address(String id) {
        Connection<?> connection = open.get(id);
        return connection == null ? "" : address(connection);
    }

    /** Where the client is; empty where it has gone. */
    static String address(Connection<?> connection) {
        return connection.getPeerAddress() instanceof InetSocketAddress peer ? ClientNetwork.of(peer.getAddress()) : "";
    }

    @Override
    public boolean isLoopback(String id) {
        Connection<?> connection = open.get(id);
        return connection != null
                && connection.getPeerAddress() instanceof InetSocketAddress peer
                && peer.getAddress().isLoopbackAddress();
    }

    @SuppressWarnings("unchecked") // all of Grizzly's TCP connections are of socket addresses
    private Line line(Connection<?> connection) {
        Line known = lines.get(connection);
        if (known != null) {
            return known;
        }
        Line line = new Line("c" + last.incrementAndGet());
        lines.set(connection, line);
        open.put(line.id, (Connection<SocketAddress>) connection);
        // called at once where the connection is closed already, so that nothing is left behind
        connection.addCloseListener((CloseListener<Closeable, CloseType>) (closed, type) -> open.remove(line.id));
        return line;
    }

    @Override
    public NextAction handleWrite(FilterChainContext context) throws IOException {
        if (context.getMessage() instanceof HttpContent content
                && content.getHttpHeader() instanceof HttpResponsePacket response
                && !response.isCommitted()) {
            Line line = lines.get(context.getConnection());
            if (line != null && response.getStatus() == SWITCHING_PROTOCOLS) {
                line.upgraded = true;
                // from here on our own heartbeat tells who is alive
                IdleTimeoutFilter.setCustomTimeout(context.getConnection(), -1, TimeUnit.SECONDS);
            } else if (line != null && isEmpty(response, content)) {
                // Tyrus refuses without saying where its answer ends, and clients would wait for the rest
                response.setContentLength(0);
                response.setHeader(Header.Connection, "close");
                line.refused = true;
            }
        }
        return context.getInvokeAction();
    }

    private static boolean isEmpty(HttpHeader response, HttpContent content) {
        return response.getContentLength() < 0
                && !response.isChunked()
                && !content.getContent().hasRemaining();
    }

    /** Sends bytes as they are, without waiting, and runs something when the network has taken them. */
    static <A> void write(Connection<A> connection, ByteBuffer bytes, Runnable sent) {
        connection.write(
                Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, bytes),
                new EmptyCompletionHandler<WriteResult<Buffer, A>>() {
                    @Override
                    public void completed(WriteResult<Buffer, A> result) {
                        sent.run();
                    }
                });
    }

    static SocketChannel channel(Connection<?> connection) throws IOException {
        SelectableChannel channel = ((NIOConnection) connection).getChannel();
        if (channel instanceof SocketChannel socket) {
            return socket;
        }
        throw new IOException("not a TCP connection: " + connection);
    }
}
