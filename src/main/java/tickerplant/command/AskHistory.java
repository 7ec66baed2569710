package tickerplant.command;

import tickerplant.hub.HistoryRange;
import tickerplant.market.Channel;
import tickerplant.market.Symbol;
import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/**
 * Tell what was.
 *
 * @param id the client's name for the request
 * @param channel {@code trades}, or one of bars
 * @param symbol whose
 * @param epoch the log that the range's sequence counts in; empty for the current one
 * @param range which part of it
 */
public record AskHistory(RequestId id, Channel channel, Symbol symbol, String epoch, HistoryRange range)
        implements Command {
    @Override
    public Place place() {
        return Place.MARKET_THEN_ASIDE;
    }

    @Override
    public Runnable begun(ClientSession session) {
        return session.history(id, channel, symbol, epoch, range);
    }

    @Override
    public void execute(ClientSession session) {
        begun(session).run();
    }
}
