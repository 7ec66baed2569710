package tickerplant.http;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tickerplant.codec.JsonBodies;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.service.Access;
import tickerplant.service.BearerToken;
import tickerplant.service.Grant;
import tickerplant.service.TokenRefused;
import tickerplant.session.Rights;

/**
 * Stands before a servlet and lets requests pass that may come in, with a note of what they may do. Called by many of the
 * container's threads at once.
 */
public final class ApiGuard extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String GRANT = ApiGuard.class.getName() + ".grant";
    private static final String RIGHTS = ApiGuard.class.getName() + ".rights";

    private final transient HttpServlet guarded;
    private final transient Access access;

    public ApiGuard(HttpServlet guarded, Access access) {
        this.guarded = guarded;
        this.access = access;
    }

    /** What the request may do; nothing where no guard has let it pass. */
    static Rights rights(ServletRequest request) {
        return request.getAttribute(RIGHTS) instanceof Rights rights ? rights : Rights.NONE;
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        guarded.init(config);
    }

    @Override
    public void destroy() {
        guarded.destroy();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<Rights> rights = admit(request, response);
        if (rights.isPresent()) {
            request.setAttribute(RIGHTS, rights.get());
            guarded.service(request, response);
        }
    }

    /** What its token stands for; empty where nobody is asked for one. */
    static Optional<Grant> grant(ServletRequest request) {
        return request.getAttribute(GRANT) instanceof Grant grant ? Optional.of(grant) : Optional.empty();
    }

    /** What the request may do; empty where it may not come in, and then it is answered. */
    private Optional<Rights> admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (access.isOpen()) {
            return Optional.of(Rights.ALL);
        }
        List<String> authorization = Collections.list(request.getHeaders("Authorization"));
        String query = request.getQueryString();
        Optional<String> token = BearerToken.in(authorization, query == null ? "" : query);
        if (token.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            refuse(response, Reason.AUTH_REQUIRED, "a token is needed, as Authorization: Bearer or as ?token=");
            return Optional.empty();
        }
        try {
            Grant grant = access.grant(token.get(), "an HTTP request");
            request.setAttribute(GRANT, grant);
            return Optional.of(grant.rights());
        } catch (TokenRefused e) {
            if (e.isPassing()) {
                refuse(response, Reason.INTERNAL, "no token can be judged now");
            } else {
                response.setHeader("WWW-Authenticate", BearerToken.REFUSED);
                refuse(response, Reason.AUTH_FAILED, "the token was not accepted");
            }
            return Optional.empty();
        }
    }

    private static void refuse(HttpServletResponse response, Reason reason, String message) throws IOException {
        byte[] body = JsonBodies.error(new ErrorMessage(RequestId.NONE, reason, message, ""));
        JsonServlet.answer(response, reason.code(), body);
    }
}
