package tickerplant.command;

import java.util.List;
import java.util.OptionalLong;
import tickerplant.market.Symbol;
import tickerplant.message.RequestId;
import tickerplant.session.AlertRule;
import tickerplant.session.ClientSession;
import tickerplant.session.NearMisses;

/**
 * Tell once when something has come about.
 *
 * @param id the client's name for the request
 * @param symbol whose ticker is watched
 * @param rule what is waited for
 * @param fromSeq the ticker sequence after which the client has missed what happened
 * @param nearMisses what may have been meant by a symbol that is not known
 */
public record SetAlert(RequestId id, Symbol symbol, AlertRule rule, OptionalLong fromSeq, NearMisses nearMisses)
        implements Command {
    public SetAlert(RequestId id, Symbol symbol, AlertRule rule, OptionalLong fromSeq) {
        this(id, symbol, rule, fromSeq, NearMisses.NONE);
    }

    @Override
    public SetAlert prepared(ClientSession session) {
        return new SetAlert(id, symbol, rule, fromSeq, session.nearMisses(List.of(symbol.name())));
    }

    @Override
    public void execute(ClientSession session) {
        session.setAlert(id, symbol, rule, fromSeq, nearMisses);
    }
}
