package tickerplant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tickerplant.codec.JsonBodies;
import tickerplant.codec.WireTime;
import tickerplant.command.AskHistory;
import tickerplant.hub.HistoryRange;
import tickerplant.market.Channel;
import tickerplant.market.Interval;
import tickerplant.market.Symbol;
import tickerplant.message.ErrorMessage;
import tickerplant.message.HistoryFound;
import tickerplant.message.Message;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.service.Tickerplant;
import tickerplant.session.HistoryReader;

/** {@code GET /api/v1/trades?symbol=AAPL} and {@code GET /api/v1/bars?symbol=AAPL&interval=1m}: what was. */
public final class HistoryServlet extends JsonServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 10_000;

    private final transient Tickerplant tickerplant;
    private final boolean ofBars;

    private HistoryServlet(Tickerplant tickerplant, boolean ofBars) {
        this.tickerplant = tickerplant;
        this.ofBars = ofBars;
    }

    /** Of trades. */
    public static HistoryServlet ofTrades(Tickerplant tickerplant) {
        return new HistoryServlet(tickerplant, false);
    }

    /** Of the bars of whatever interval. */
    public static HistoryServlet ofBars(Tickerplant tickerplant) {
        return new HistoryServlet(tickerplant, true);
    }

    @Override
    byte[] body(HttpServletRequest request) throws BadRequest {
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
        Message answer = tickerplant.history(
                rights(request, channel),
                new AskHistory(
                        RequestId.NONE,
                        channel,
                        symbol,
                        text(request, "epoch"),
                        new HistoryRange(from, to, afterSeq, limit)));
        if (answer instanceof HistoryFound found) {
            return JsonBodies.history(found);
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
