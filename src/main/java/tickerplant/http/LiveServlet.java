package tickerplant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import tickerplant.codec.JsonBodies;

/** {@code GET /health/live}: the process answers. */
public final class LiveServlet extends JsonServlet {
    private static final long serialVersionUID = 1L;

    @Override
    byte[] body(HttpServletRequest request) {
        return JsonBodies.health("live", List.of(), Map.of());
    }
}
