package tickerplant.server;

import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.FileCacheFilter;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.servlet.WebappContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.spi.ServerContainer;
import tickerplant.http.ServletMapping;
import tickerplant.http.Servlets;
import tickerplant.market.Clock;

/** Grizzly and Tyrus on one port, for sockets and servlets. One thread opens and stops it. */
public final class EmbeddedServer {
    /** Older ones are not safe: RFC 8996. */
    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private static final int REQUESTS_PER_CONNECTION = 10_000;

    /** Enough for JSON of 32 levels; each thread costs its stack. */
    private static final int STACK_BYTES = 512 * 1024;

    /** What is read from a connection at once; left to itself, Grizzly takes as much as the kernel may hold. */
    private static final int READ_BYTES = 16 * 1024;

    private static final int LEAST_WORKERS = 4;
    private static final int MOST_WORKERS = 16;

    private static final Logger LOG = Logger.getLogger(EmbeddedServer.class.getName());

    /** What makes requests of bytes; of the same name as what serves them. */
    private static final Class<? extends Filter> HTTP = org.glassfish.grizzly.http.HttpServerFilter.class;

    private final HttpServer http = new HttpServer();
    private final Deadlines deadlines = new Deadlines();
    private final WebappContext context = new WebappContext("tickerplant", "");
    private final HeldListener listener;
    private final SocketContainer sockets;

    /**
     * Prepares everything; nothing is open yet.
     *
     * @param host the only address on which it will listen
     * @param port the port, 0 for a free one
     * @param messageBytes the longest message taken from a client
     * @param connections the filter before the sockets
     */
    EmbeddedServer(
            String host,
            int port,
            int messageBytes,
            ConnectionFilter connections,
            List<Class<?>> endpoints,
            List<ServletMapping> servlets) {
        this(host, port, messageBytes, connections, endpoints, servlets, Optional.empty(), Patience.USUAL);
    }

    EmbeddedServer(
            String host,
            int port,
            int messageBytes,
            ConnectionFilter connections,
            List<Class<?>> endpoints,
            List<ServletMapping> servlets,
            Optional<SSLContext> tls,
            Patience patience) {
        listener = new HeldListener(host, port);
        sockets = new SocketContainer(endpoints, messageBytes + READ_BYTES);
        TCPNIOTransport transport = listener.getTransport();
        transport.setReadBufferSize(READ_BYTES);
        // on the selector's own thread, an endpoint that waits would stop everybody
        transport.setIOStrategy(WorkerThreadIOStrategy.getInstance());
        transport.setSelectorRunnersCount(1);
        transport.setWorkerThreadPoolConfig(workers());
        listener.getKeepAlive().setIdleTimeoutInSeconds(patience.requestSeconds());
        listener.getKeepAlive().setMaxRequestsCount(REQUESTS_PER_CONNECTION);
        tls.ifPresent(context -> {
            listener.setSecure(true);
            listener.setSSLEngineConfig(
                    new SSLEngineConfigurator(context, false, false, false).setEnabledProtocols(TLS_VERSIONS));
        });
        // the filter in front of it is stricter
        listener.setMaxHttpHeaderSize(2 * RequestHeads.MOST_BYTES);
        listener.setDefaultErrorPageGenerator((request, status, reason, description, exception) -> status + "\n");
        // we keep our pages ourselves, and frames would mean nothing to it
        listener.registerAddOn((on, filters) -> filters.remove(filters.indexOfType(FileCacheFilter.class)));
        RequestFilter requests = new RequestFilter(deadlines);
        listener.registerAddOn((on, filters) -> filters.add(filters.indexOfType(HTTP), requests));
        // each is put right before the filter that serves HTTP, so that the first stands before the second
        listener.registerAddOn((on, filters) -> filters.add(filters.indexOfType(HttpServerFilter.class), connections));
        FrameFilter frames = new FrameFilter(messageBytes, patience, deadlines, Clock.SYSTEM);
        listener.registerAddOn((on, filters) -> filters.add(filters.indexOfType(HttpServerFilter.class), frames));
        listener.registerAddOn(webSocketAddOn(sockets));
        // what answers is nobody's business, least of all in which version
        http.getServerConfiguration().setHttpServerName("tickerplant");
        http.getServerConfiguration().setHttpServerVersion(null);
        // RFC 3986, section 2.5: what is escaped in an address is UTF-8
        http.getServerConfiguration().setDefaultQueryEncoding(StandardCharsets.UTF_8);
        // 405 is the answer to a DELETE, whether it has a body or not
        http.getServerConfiguration().setAllowPayloadForUndefinedHttpMethods(true);
        http.addListener(listener);
        Servlets.register(context, servlets);
    }

    private static ThreadPoolConfig workers() {
        int size = Math.max(
                LEAST_WORKERS, Math.min(MOST_WORKERS, 2 * Runtime.getRuntime().availableProcessors()));
        AtomicInteger number = new AtomicInteger();
        return ThreadPoolConfig.defaultConfig()
                .setPoolName("http-worker")
                .setCorePoolSize(size)
                .setMaxPoolSize(size)
                .setThreadFactory(task -> {
                    Thread thread =
                            new Thread(null, task, "http-worker-" + number.incrementAndGet(), STACK_BYTES, false);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Tyrus means it to be used with other containers than its own, but forgot to open its constructor. */
    private static AddOn webSocketAddOn(ServerContainer container) {
        try {
            var constructor = WebSocketAddOn.class.getDeclaredConstructor(ServerContainer.class, String.class);
            constructor.setAccessible(true);
            return constructor.newInstance(container, SocketContainer.ROOT);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Tyrus is not the one that was built with", e);
        }
    }

    /**
     * Deploys endpoints and servlets, and then opens the port.
     *
     * @throws IOException where the port is taken or the host is none of this machine; the message is one line
     */
    void open() throws IOException {
        sockets.deploy();
        context.deploy(http);
        http.start();
        try {
            listener.open();
        } catch (IOException | UnresolvedAddressException e) {
            String reason = e.getMessage() == null ? "no such host" : e.getMessage();
            throw new IOException(
                    "can't listen on port " + listener.getPort() + " of " + listener.getHost() + ": " + reason, e);
        }
    }

    /** The port that is open. */
    public int port() {
        return listener.getPort();
    }

    /** Lets requests end until the deadline, and closes the port and all that is left. */
    void stop(Duration deadline) {
        try {
            http.shutdown(deadline.toMillis(), TimeUnit.MILLISECONDS).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.FINE, "requests didn't end in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deadlines.close();
        http.shutdownNow();
        sockets.stop();
        context.undeploy();
    }
}
