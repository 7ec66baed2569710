package tickerplant.command;

import tickerplant.market.Channel;
import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;
import tickerplant.session.Wanted;

/**
 * Follow some symbols.
 *
 * @param id the client's name for the request
 * @param channel in which channel
 * @param wanted what is asked for, at least one entry
 */
public record Subscribe(RequestId id, Channel channel, Wanted wanted) implements Command {
    @Override
    public Subscribe prepared(ClientSession session) {
        return new Subscribe(id, channel, wanted.with(session.nearMisses(wanted.entries())));
    }

    @Override
    public void execute(ClientSession session) {
        session.subscribe(id, channel, wanted);
    }
}
