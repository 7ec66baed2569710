package tickerplant.http;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tickerplant.service.Audience;
import tickerplant.service.Tickerplant;

/** {@code GET /metrics}: what the service counts, in Prometheus' text format. Many of the container's threads may call it. */
public final class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();

    private final transient Tickerplant tickerplant;
    private final Audience audience;

    public MetricsServlet(Tickerplant tickerplant, Audience audience) {
        this.tickerplant = tickerplant;
        this.audience = audience;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean head = request.getMethod().equals("HEAD");
        if (audience == Audience.NONE) {
            say(response, HttpServletResponse.SC_NOT_FOUND, "There is nothing here.\n", head);
        } else if (audience == Audience.LOCAL && !Loopback.isProgram(request)) {
            String text = "Only programs on this machine may read this, unless the setting metrics says otherwise.\n";
            say(response, HttpServletResponse.SC_FORBIDDEN, text, head);
        } else if (!head && !request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET, HEAD");
            say(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.\n", head);
        } else {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            WRITER.write(text, Exposition.of(tickerplant));
            answer(response, HttpServletResponse.SC_OK, WRITER.getContentType(), text.toByteArray(), head);
        }
    }

    private static void say(HttpServletResponse response, int status, String text, boolean head) throws IOException {
        answer(response, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.US_ASCII), head);
    }

    private static void answer(HttpServletResponse response, int status, String type, byte[] body, boolean head)
            throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        if (!head) {
            response.getOutputStream().write(body);
        }
    }
}
