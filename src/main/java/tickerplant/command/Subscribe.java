package tickerplant.command;

import java.util.List;
import tickerplant.market.Channel;
import tickerplant.message.RequestId;
import tickerplant.session.Beginning;
import tickerplant.session.ClientSession;
import tickerplant.session.Resume;

/**
 * Follow some symbols.
 *
 * @param id the client's name for the request
 * @param channel in which channel
 * @param symbols the entries, as the client wrote them, at least one
 * @param beginning how symbols begin of which the client knows nothing
 * @param resume up to where it knows the others
 */
public record Subscribe(RequestId id, Channel channel, List<String> symbols, Beginning beginning, Resume resume)
        implements Command {
    @Override
    public void execute(ClientSession session) {
        session.subscribe(id, channel, symbols, beginning, resume);
    }
}
