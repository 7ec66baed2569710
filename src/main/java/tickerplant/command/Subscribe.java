package tickerplant.command;

import java.util.List;
import tickerplant.market.Channel;
import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/**
 * Follow some symbols.
 *
 * @param id the client's name for the request
 * @param channel in which channel
 * @param symbols the entries, as the client wrote them, at least one
 */
public record Subscribe(RequestId id, Channel channel, List<String> symbols) implements Command {
    @Override
    public void execute(ClientSession session) {
        session.subscribe(id, channel, symbols);
    }
}
