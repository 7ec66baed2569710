package tickerplant.feed.lines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSink;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.text.OpenUniverse;
import tickerplant.feed.text.Rejection;
import tickerplant.feed.text.Submitted;
import tickerplant.market.Clock;
import tickerplant.market.Instrument;

/**
 * Takes NDJSON on a TCP port of the loopback interface: {@code lines?port=4010}. A line is an event; a bad one is answered on its
 * connection, and the next one counts. Who asks for no token must be on this machine, so there is no other address to listen on.
 */
public final class LinesFeed implements Feed {
    /** What the feed is called in a specification. */
    public static final String KIND = "lines";

    /** How many may be connected at a time. */
    static final int MOST_CONNECTIONS = 64;

    private static final Set<String> OPTIONS = new TreeSet<>(Set.of("port", "name"));
    private static final int MAX_PORT = 65_535;

    private final String name;
    private final int port;
    private final OpenUniverse universe;
    private final Set<LineConnection> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch listening = new CountDownLatch(1);
    private volatile int bound;

    LinesFeed(String name, int port, Clock clock) {
        this.name = name;
        this.port = port;
        this.universe = new OpenUniverse(name, clock);
    }

    /**
     * The feed that was asked for. Options: {@code port}, 1 to 65,535, which must be given, and {@code name}, {@code lines} if left
     * out.
     *
     * @throws IllegalArgumentException naming the option that is wrong and what was expected
     */
    public static LinesFeed of(FeedSpec spec, Clock clock) {
        spec.allow(OPTIONS);
        if (!spec.target().isEmpty() || !spec.options().containsKey("port")) {
            throw new IllegalArgumentException("'" + spec + "', expected " + KIND + "?port=4010");
        }
        String name = spec.text("name", KIND);
        if (name.isBlank()) {
            throw spec.expected("name", "some text");
        }
        return new LinesFeed(name, (int) spec.number("port", 0, 1, MAX_PORT), clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void goOn(Instrument instrument) {
        universe.keep(instrument);
    }

    @Override
    public void run(FeedSink sink) throws IOException, InterruptedException {
        List<LineConnection> all = new ArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            bound = ((InetSocketAddress) server.getLocalAddress()).getPort();
            listening.countDown();
            while (true) {
                SocketChannel client = server.accept();
                all.removeIf(connection -> !open.contains(connection));
                LineConnection connection = new LineConnection(client, this::take, sink, open::remove);
                if (open.size() >= MOST_CONNECTIONS) {
                    connection.refuse("too many connections, at most " + MOST_CONNECTIONS);
                } else {
                    open.add(connection);
                    all.add(connection);
                    connection.start();
                }
            }
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        } finally {
            all.forEach(LineConnection::end);
        }
    }

    /** Events of several connections go on one at a time, each in the order of its own. */
    private synchronized List<Rejection> take(Submitted event, FeedSink sink) throws InterruptedException {
        return universe.tell(List.of(event), symbol -> true, sink);
    }

    /** The port that is open, once it is. */
    int awaitPort() throws InterruptedException {
        listening.await();
        return bound;
    }
}
