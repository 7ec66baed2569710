package tickerplant.http;

import jakarta.servlet.http.HttpServletRequest;
import tickerplant.message.Reason;

/** What is asked for under {@code /api/} and isn't there: 404, in the words of every other error. */
public final class NotFoundServlet extends JsonServlet {
    private static final long serialVersionUID = 1L;

    @Override
    byte[] body(HttpServletRequest request) throws BadRequest {
        throw new BadRequest(Reason.NOT_FOUND, "there is nothing at this path", "");
    }
}
