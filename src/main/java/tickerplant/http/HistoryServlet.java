package tickerplant.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tickerplant.codec.JsonBodies;
import tickerplant.codec.WireTime;
import tickerplant.command.AskHistory;
import tickerplant.hub.HistoryRange;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.market.Interval;
import tickerplant.market.Symbol;
import tickerplant.message.ErrorMessage;
import tickerplant.message.HistoryFound;
import tickerplant.message.HistoryPage;
import tickerplant.message.Message;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.service.Tickerplant;
import tickerplant.session.HistoryReader;

/**
 * {@code GET /api/v1/trades?symbol=AAPL} and {@code GET /api/v1/bars?symbol=AAPL&interval=1m}: what was, as JSON, or as a table in
 * CSV or NDJSON.
 */
public final class HistoryServlet extends JsonServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 10_000;
    private static final String OPEN = "no-store";

    private final transient Tickerplant tickerplant;
    private final transient Clock clock;
    private final boolean ofBars;

    private HistoryServlet(Tickerplant tickerplant, Clock clock, boolean ofBars) {
        this.tickerplant = tickerplant;
        this.clock = clock;
        this.ofBars = ofBars;
    }

    /** Of trades. */
    public static HistoryServlet ofTrades(Tickerplant tickerplant, Clock clock) {
        return new HistoryServlet(tickerplant, clock, false);
    }

    /** Of the bars of whatever interval. */
    public static HistoryServlet ofBars(Tickerplant tickerplant, Clock clock) {
        return new HistoryServlet(tickerplant, clock, true);
    }

    @Override
    byte[] body(HttpServletRequest request) throws BadRequest {
        return JsonBodies.history(found(request));
    }

    @Override
    void respond(HttpServletRequest request, HttpServletResponse response) throws BadRequest, IOException {
        HistoryForm form = HistoryForm.of(request);
        HistoryFound found = found(request);
        response.setHeader("Cache-Control", caching(request, found));
        form.write(found, request, response);
    }

    /**
     * For how long an answer may be used again. A page of trades that is full never changes, nor does anything of an epoch that
     * is over; bars may be corrected for a day, and brought in from elsewhere later.
     */
    private String caching(HttpServletRequest request, HistoryFound found) throws BadRequest {
        HistoryPage page = found.page();
        String whose = tickerplant.access().isOpen() ? "public" : "private";
        boolean isNamed = !text(request, "epoch").isEmpty();
        if (page.wholeAfter().isPresent()) {
            return OPEN;
        }
        if (ofBars) {
            long to = time(request, "to", Long.MAX_VALUE);
            return to <= clock.micros() - Interval.DAY.micros() ? whose + ", max-age=3600" : OPEN;
        }
        boolean isOver = !found.epoch().equals(tickerplant.journal().epoch());
        return isNamed && (isOver || page.following().isPresent()) ? whose + ", max-age=86400, immutable" : OPEN;
    }

    private HistoryFound found(HttpServletRequest request) throws BadRequest {
        Channel channel = ofBars ? Channel.bars(interval(request)) : Channel.TRADES;
        Symbol symbol = Symbol.parse(text(request, "symbol"))
                .orElseThrow(() -> new BadRequest(Reason.INVALID_FIELD, "symbol must be " + Symbol.EXPECTED, "symbol"));
        long from = time(request, "from", Long.MIN_VALUE);
        long to = time(request, "to", Long.MAX_VALUE);
        if (from > to) {
            throw new BadRequest(Reason.INVALID_FIELD, "from must be no later than to", "from");
        }
        long afterSeq = number(request, "after_seq", 0, 0, Long.MAX_VALUE);
        int limit = (int) number(request, "limit", HistoryReader.USUAL_LIMIT, 1, MOST);
        Message answer = tickerplant
                .historian()
                .answer(
                        rights(request, channel),
                        new AskHistory(
                                RequestId.NONE,
                                channel,
                                symbol,
                                text(request, "epoch"),
                                new HistoryRange(from, to, afterSeq, limit)));
        if (answer instanceof HistoryFound found) {
            return found;
        }
        throw new BadRequest((ErrorMessage) answer);
    }

    private static Interval interval(HttpServletRequest request) throws BadRequest {
        String word = text(request, "interval");
        return Interval.of(word)
                .orElseThrow(() -> new BadRequest(
                        word.isEmpty() ? Reason.INVALID_FIELD : Reason.UNKNOWN_INTERVAL,
                        "interval must be one of "
                                + Arrays.stream(Interval.values())
                                        .map(Interval::word)
                                        .collect(Collectors.joining(", ")),
                        "interval"));
    }

    private static long time(HttpServletRequest request, String name, long fallback) throws BadRequest {
        String text = text(request, name);
        if (text.isEmpty()) {
            return fallback;
        }
        OptionalLong micros = WireTime.micros(text);
        return micros.orElseThrow(
                () -> new BadRequest(Reason.INVALID_FIELD, name + " must be " + WireTime.EXPECTED, name));
    }
}
