package tickerplant.command;

import java.util.List;
import tickerplant.market.Channel;
import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/**
 * Follow some symbols no more.
 *
 * @param id the client's name for the request
 * @param channel in which channel
 * @param symbols the entries, as the client wrote them; none for the whole channel
 */
public record Unsubscribe(RequestId id, Channel channel, List<String> symbols) implements Command {
    @Override
    public void execute(ClientSession session) {
        session.unsubscribe(id, channel, symbols);
    }
}
