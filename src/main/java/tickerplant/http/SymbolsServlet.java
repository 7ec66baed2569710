package tickerplant.http;

import jakarta.servlet.http.HttpServletRequest;
import tickerplant.codec.JsonBodies;
import tickerplant.command.FindSymbols;
import tickerplant.message.Reason;
import tickerplant.service.Tickerplant;

/** {@code GET /api/v1/symbols?q=app&limit=20}: the instruments that match what was typed. */
public final class SymbolsServlet extends JsonServlet {
    private static final long serialVersionUID = 1L;
    private static final int USUAL = FindSymbols.USUAL_LIMIT;
    private static final int MOST = 1_000;

    private final transient Tickerplant tickerplant;

    public SymbolsServlet(Tickerplant tickerplant) {
        this.tickerplant = tickerplant;
    }

    @Override
    byte[] body(HttpServletRequest request) throws BadRequest {
        String query = text(request, "q");
        if (query.length() > FindSymbols.MAX_QUERY) {
            throw new BadRequest(
                    Reason.INVALID_FIELD, "q must be a text of at most " + FindSymbols.MAX_QUERY + " characters", "q");
        }
        int limit = (int) number(request, "limit", USUAL, 1, MOST);
        return JsonBodies.instruments(
                tickerplant.symbols().find(query, limit), tickerplant.sessions().epoch());
    }
}
