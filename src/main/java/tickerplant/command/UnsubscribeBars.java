package tickerplant.command;

import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/**
 * Follow no bars any more, whatever their interval.
 *
 * @param id the client's name for the request
 */
public record UnsubscribeBars(RequestId id) implements Command {
    @Override
    public void execute(ClientSession session) {
        session.unsubscribeBars(id);
    }
}
