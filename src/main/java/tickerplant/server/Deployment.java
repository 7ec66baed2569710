package tickerplant.server;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import tickerplant.http.ApiGuard;
import tickerplant.http.FeedServlet;
import tickerplant.http.HistoryServlet;
import tickerplant.http.LiveServlet;
import tickerplant.http.MetricsServlet;
import tickerplant.http.NotFoundServlet;
import tickerplant.http.PageServlet;
import tickerplant.http.PageSource;
import tickerplant.http.ReadyServlet;
import tickerplant.http.ServletMapping;
import tickerplant.http.SymbolsServlet;
import tickerplant.http.TickerServlet;
import tickerplant.market.Clock;
import tickerplant.service.Audience;
import tickerplant.service.Connections;
import tickerplant.service.Settings;
import tickerplant.service.Tickerplant;
import tickerplant.socket.EchoEndpoint;
import tickerplant.socket.FeedEndpoint;
import tickerplant.socket.Gateway;
import tickerplant.socket.TickerEndpoint;

/** The whole of the service with its endpoints and servlets, for whatever container. One thread starts and stops it. */
final class Deployment implements Application {
    private final Tickerplant tickerplant;
    private final Gateway gateway;
    private final PageServlet page;
    private final Audience metrics;
    private final int messageBytes;

    /**
     * Puts it together; nothing runs yet.
     *
     * @throws IOException where the page can't be read
     */
    Deployment(Settings settings, Tickerplant tickerplant, Connections connections, PageSource pages)
            throws IOException {
        this(settings, tickerplant, connections, new PageServlet(pages));
    }

    private Deployment(Settings settings, Tickerplant tickerplant, Connections connections, PageServlet page) {
        this.tickerplant = tickerplant;
        gateway = new Gateway(
                tickerplant.sessions(), connections, settings.origins(), settings.echo(), settings.messageBytes());
        this.page = page;
        metrics = settings.metrics();
        messageBytes = settings.messageBytes();
    }

    /**
     * Puts the service together that the settings ask for.
     *
     * @throws IOException where the page can't be read
     * @throws tickerplant.service.SettingsException where a setting makes no sense
     */
    static Deployment of(Settings settings, Connections connections, PageSource pages) throws IOException {
        PageServlet page = new PageServlet(pages); // before the journal's folder is taken, as it may fail
        Tickerplant tickerplant = Tickerplant.of(settings, Clock.SYSTEM, new SplittableRandom());
        return new Deployment(settings, tickerplant, connections, page);
    }

    @Override
    public List<Class<?>> endpoints() {
        return List.of(TickerEndpoint.class, FeedEndpoint.class, EchoEndpoint.class);
    }

    @Override
    public List<ServletMapping> servlets() {
        return List.of(
                new ServletMapping("page", page, List.of("/")),
                api("ticker", new TickerServlet(tickerplant)),
                api("symbols", new SymbolsServlet(tickerplant)),
                api("trades", HistoryServlet.ofTrades(tickerplant, Clock.SYSTEM)),
                api("bars", HistoryServlet.ofBars(tickerplant, Clock.SYSTEM)),
                api("feed", new FeedServlet(tickerplant.sessions().publishing(), messageBytes)),
                new ServletMapping("not-found", new NotFoundServlet(), List.of("/api/*")),
                new ServletMapping("metrics", new MetricsServlet(tickerplant, metrics), List.of("/metrics")),
                new ServletMapping("live", new LiveServlet(), List.of("/health/live")),
                new ServletMapping("ready", new ReadyServlet(tickerplant), List.of("/health/ready")));
    }

    /** What has to do with prices is answered to those alone who may come in. */
    private ServletMapping api(String name, HttpServlet servlet) {
        return new ServletMapping(name, new ApiGuard(servlet, tickerplant.access()), List.of("/api/v1/" + name));
    }

    @Override
    public void start() throws IOException, InterruptedException {
        tickerplant.start();
        gateway.open();
    }

    @Override
    public void stop() {
        gateway.close();
        tickerplant.stop();
    }
}
