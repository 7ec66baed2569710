package tickerplant.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import tickerplant.codec.JsonBodies;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Message;
import tickerplant.message.OutOfTurn;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.service.Publisher;
import tickerplant.service.Publishing;

/**
 * {@code POST /api/v1/feed}: events for the published feed, as one message like those of the socket, or as NDJSON of any length.
 * Called by many of the container's threads at once, of which few may wait for bodies.
 */
public final class FeedServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Publishing publishing;
    private final int messageBytes;

    /**
     * The way into what is published.
     *
     * @param messageBytes the longest message, but for NDJSON, of which only lines are bounded
     */
    public FeedServlet(Publishing publishing, int messageBytes) {
        this.publishing = publishing;
        this.messageBytes = messageBytes;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        boolean local = Loopback.isProgram(request);
        if (publishing.isClosedTo(local)) {
            answer(
                    response,
                    new ErrorMessage(
                            RequestId.NONE,
                            Reason.FORBIDDEN,
                            "without authentication, only programs on this machine may publish",
                            ""));
            return;
        }
        Publisher publisher = publishing.publisher(local, ApiGuard.grant(request));
        Optional<ErrorMessage> refusal = publisher.refusal(RequestId.NONE);
        if (refusal.isPresent()) {
            answer(response, refusal.get());
            return;
        }
        try {
            if (!publishing.bodyBegins()) {
                response.setHeader("Retry-After", "1");
                answer(
                        response,
                        new ErrorMessage(
                                RequestId.NONE, Reason.RATE_LIMITED, "too many are publishing, try again", ""));
                return;
            }
            try {
                String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
                boolean lines = type.contains("ndjson") || type.contains("jsonl");
                answer(response, new Upload(publisher, messageBytes).take(request, lines));
            } finally {
                publishing.bodyEnds();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the container stops
        }
    }

    private static void answer(HttpServletResponse response, Message answer) throws IOException {
        int status = HttpServletResponse.SC_OK;
        if (answer instanceof ErrorMessage error) {
            status = error.reason().code();
        } else if (answer instanceof OutOfTurn) {
            status = Reason.INVALID_FIELD.code();
        }
        JsonServlet.answer(response, status, JsonBodies.answer(answer));
    }
}
