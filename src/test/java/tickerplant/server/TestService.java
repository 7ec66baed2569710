package tickerplant.server;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import tickerplant.feed.Feed;
import tickerplant.market.Clock;
import tickerplant.service.Setting;
import tickerplant.service.Settings;
import tickerplant.service.Tickerplant;

/** The real service on the embedded server, on a free port of the loopback interface, with the feeds of a test. */
public final class TestService implements AutoCloseable {
    private final Tickerplant tickerplant;
    private final Deployment deployment;
    private final ConnectionFilter connections;
    private final EmbeddedServer server;
    private final String scheme;
    private boolean stopped;

    private TestService(Settings settings, List<Feed> feeds) throws IOException, InterruptedException {
        tickerplant = new Tickerplant(settings, feeds, Clock.SYSTEM, new SplittableRandom(1));
        connections = new ConnectionFilter();
        deployment = new Deployment(settings, tickerplant, connections, Map::of);
        Optional<SSLContext> tls = settings.tls();
        scheme = tls.isPresent() ? "s://" : "://";
        server = new EmbeddedServer(
                "127.0.0.1",
                0,
                settings.messageBytes(),
                connections,
                deployment.endpoints(),
                deployment.servlets(),
                tls,
                Patience.USUAL);
        deployment.start();
        server.open();
    }

    /** A service with these feeds and otherwise the defaults, but for requests, of which it takes as many as come. */
    public static TestService with(Feed... feeds) throws IOException, InterruptedException {
        return with(Map.of(), feeds);
    }

    /** A service with these feeds and settings. */
    public static TestService with(Map<Setting, String> settings, Feed... feeds)
            throws IOException, InterruptedException {
        Map<Setting, List<String>> given = new HashMap<>();
        given.put(Setting.REQUESTS_PER_S, List.of("1000000"));
        settings.forEach((setting, value) -> given.put(setting, List.of(value)));
        return new TestService(Settings.of(given), List.of(feeds));
    }

    /** Where clients follow the market. */
    public URI ticker() {
        return URI.create("ws" + scheme + "127.0.0.1:" + server.port() + "/ws/ticker");
    }

    /** Where publishers send events. */
    public URI feed() {
        return URI.create("ws" + scheme + "127.0.0.1:" + server.port() + "/ws/feed");
    }

    /** The address of something that is answered over HTTP. */
    public URI http(String path) {
        return URI.create("http" + scheme + "127.0.0.1:" + server.port() + path);
    }

    public int port() {
        return server.port();
    }

    /** How many TCP connections there are on which an upgrade was asked for. */
    public int connections() {
        return connections.size();
    }

    public Tickerplant tickerplant() {
        return tickerplant;
    }

    /** Stops as a signal would; more than once does no harm. */
    public void stop() {
        if (!stopped) {
            stopped = true;
            deployment.stop();
            server.stop(Duration.ofMillis(200));
        }
    }

    @Override
    public void close() {
        stop();
    }
}
