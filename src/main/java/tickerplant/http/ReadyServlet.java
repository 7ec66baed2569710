package tickerplant.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tickerplant.codec.JsonBodies;
import tickerplant.service.Tickerplant;

/** {@code GET /health/ready}: whether clients can be served, 200 or 503, and how the feeds are. */
public final class ReadyServlet extends JsonServlet {
    private static final long serialVersionUID = 1L;

    private final transient Tickerplant tickerplant;

    public ReadyServlet(Tickerplant tickerplant) {
        this.tickerplant = tickerplant;
    }

    @Override
    int status() {
        return tickerplant.state() == Tickerplant.State.READY
                ? HttpServletResponse.SC_OK
                : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
    }

    @Override
    byte[] body(HttpServletRequest request) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("sessions", (long) tickerplant.sessions().count());
        counts.put("refused", tickerplant.refused());
        counts.put("missed_bars", tickerplant.missedBars());
        return JsonBodies.health(
                tickerplant.state().name().toLowerCase(Locale.ROOT),
                tickerplant.feeds().statuses(),
                counts);
    }
}
