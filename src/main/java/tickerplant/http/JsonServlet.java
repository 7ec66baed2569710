package tickerplant.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tickerplant.codec.JsonBodies;
import tickerplant.market.Channel;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.session.Rights;

/** A servlet that answers GET with JSON. Called by many of the container's threads at once. */
abstract class JsonServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final List<String> METHODS = List.of("GET", "HEAD");
    private static final byte[] ONLY_GET = "Only GET and HEAD are answered here.\n".getBytes(StandardCharsets.US_ASCII);

    /** What is wrong with a request. */
    static final class BadRequest extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient ErrorMessage error;

        BadRequest(Reason reason, String message, String field) {
            this(new ErrorMessage(RequestId.NONE, reason, message, field));
        }

        BadRequest(ErrorMessage error) {
            super(error.message());
            this.error = error;
        }
    }

    /** The body of the answer. */
    abstract byte[] body(HttpServletRequest request) throws BadRequest;

    /** Of what servlets answer by themselves, {@code TRACE} would even send back what a proxy had added. */
    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (METHODS.contains(request.getMethod())) {
            super.service(request, response);
        } else {
            response.setHeader("Allow", String.join(", ", METHODS));
            response.setContentType("text/plain; charset=utf-8");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            response.getOutputStream().write(ONLY_GET);
        }
    }

    @Override
    protected final void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            respond(request, response);
        } catch (BadRequest e) {
            answer(response, e.error.reason().code(), JsonBodies.error(e.error));
        }
    }

    /** Answers a good request. */
    void respond(HttpServletRequest request, HttpServletResponse response) throws BadRequest, IOException {
        answer(response, status(), body(request));
    }

    /** The status of a good answer. */
    int status() {
        return HttpServletResponse.SC_OK;
    }

    static void answer(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Makes sure that the request may read a channel. */
    static Rights rights(HttpServletRequest request, Channel channel) throws BadRequest {
        Rights rights = ApiGuard.rights(request);
        String scope = Rights.scope(channel);
        if (!rights.allows(scope)) {
            throw new BadRequest(Reason.FORBIDDEN, "this needs a token with the scope " + scope, "");
        }
        return rights;
    }

    /** A whole number within bounds, or the fallback where it is absent. */
    static long number(HttpServletRequest request, String name, long fallback, long min, long max) throws BadRequest {
        String text = text(request, name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, together with a number out of bounds
        }
        throw new BadRequest(
                Reason.INVALID_FIELD, name + " must be a whole number between " + min + " and " + max, name);
    }

    /** A text, empty where it is absent. */
    static String text(HttpServletRequest request, String name) throws BadRequest {
        try {
            String text = request.getParameter(name);
            return text == null ? "" : text;
        } catch (RuntimeException e) {
            // what some containers make of a query that they can't decode
            throw new BadRequest(Reason.INVALID_FIELD, "the query can't be decoded", name);
        }
    }
}
