package tickerplant.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tickerplant.http.PageServlet;
import tickerplant.http.ServletMapping;
import tickerplant.service.Connections;
import tickerplant.service.Settings;

/** The application as far as it goes without the market: the page. */
final class PageOnly implements Application {
    private final PageServlet page;

    PageOnly(Settings settings, Connections connections) throws IOException {
        page = new PageServlet(PageFiles.around(
                PageOnly.class.getProtectionDomain().getCodeSource().getLocation(), Path.of("webapp")));
    }

    @Override
    public List<Class<?>> endpoints() {
        return List.of();
    }

    @Override
    public List<ServletMapping> servlets() {
        return List.of(new ServletMapping("page", page, List.of("/")));
    }

    @Override
    public void start() {
        // nothing of it runs by itself
    }

    @Override
    public void stop() {
        // nothing of it runs by itself
    }
}
