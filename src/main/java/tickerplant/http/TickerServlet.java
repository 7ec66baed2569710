package tickerplant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tickerplant.codec.JsonBodies;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.market.Symbol;
import tickerplant.message.Reason;
import tickerplant.message.Row;
import tickerplant.message.Subscribed.Rejected;
import tickerplant.service.Tickerplant;
import tickerplant.session.NearMisses;
import tickerplant.session.Rights;

/** {@code GET /api/v1/ticker?symbols=AAPL,MSFT}: the last values of some symbols, or of all that may be seen. */
public final class TickerServlet extends JsonServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST_SYMBOLS = 10_000;
    private static final int ECHO_LENGTH = 64;

    private final transient Tickerplant tickerplant;

    public TickerServlet(Tickerplant tickerplant) {
        this.tickerplant = tickerplant;
    }

    @Override
    byte[] body(HttpServletRequest request) throws BadRequest {
        Rights rights = rights(request, Channel.TICKER);
        List<Row> rows = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        String symbols = text(request, "symbols");
        if (symbols.isEmpty() && !text(request, "symbol").isEmpty()) {
            // as the other paths call it: all symbols are not what was meant
            throw new BadRequest(
                    Reason.INVALID_FIELD, "symbol must be left out, the symbols stand in symbols here", "symbol");
        }
        if (symbols.isEmpty()) {
            for (Topic topic : tickerplant.hub().topics(Channel.TICKER, "")) {
                if (rights.covers(topic.symbol())) {
                    rows.add(topic.standing());
                }
            }
        } else {
            String[] wanted = symbols.split(",", -1);
            if (wanted.length > MOST_SYMBOLS) {
                throw new BadRequest(
                        Reason.SYMBOL_LIMIT,
                        "symbols must be at most " + MOST_SYMBOLS + ", or left out for all",
                        "symbols");
            }
            NearMisses nearMisses = NearMisses.of(
                    tickerplant.hub(),
                    Arrays.stream(wanted).map(TickerServlet::entry).toList());
            for (String text : wanted) {
                Optional<Symbol> symbol = Symbol.parse(entry(text));
                boolean allowed = symbol.map(rights::covers).orElse(true);
                Optional<Topic> topic = symbol.filter(name -> allowed)
                        .flatMap(name -> tickerplant.hub().topic(Channel.TICKER, name));
                topic.ifPresentOrElse(
                        known -> rows.add(known.standing()),
                        () -> rejected.add(
                                allowed
                                        ? new Rejected(cut(text), Reason.UNKNOWN_SYMBOL, nearMisses.of(entry(text)))
                                        : new Rejected(cut(text), Reason.FORBIDDEN)));
            }
        }
        return JsonBodies.rows(rows, rejected, tickerplant.sessions().epoch());
    }

    private static String entry(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }

    /** As much as is needed to recognise it, and no character by half. */
    private static String cut(String text) {
        if (text.length() <= ECHO_LENGTH) {
            return text;
        }
        return text.substring(0, ECHO_LENGTH - (Character.isHighSurrogate(text.charAt(ECHO_LENGTH - 1)) ? 1 : 0));
    }
}
