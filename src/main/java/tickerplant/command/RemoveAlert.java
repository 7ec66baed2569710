package tickerplant.command;

import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/**
 * Watch for something no more.
 *
 * @param id the client's name for the request
 * @param alert the alert's name, as its setting was answered
 */
public record RemoveAlert(RequestId id, String alert) implements Command {
    @Override
    public void execute(ClientSession session) {
        session.removeAlert(id, alert);
    }
}
