package tickerplant.command;

import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/**
 * Tell what is followed.
 *
 * @param id the client's name for the request
 */
public record ListSubscriptions(RequestId id) implements Command {
    @Override
    public void execute(ClientSession session) {
        session.subscriptions(id);
    }
}
