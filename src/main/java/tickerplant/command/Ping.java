package tickerplant.command;

import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/**
 * Answer at once, so that the client can measure the way.
 *
 * @param id the client's name for the request
 * @param ts the client's time stamp, digit for digit; empty where it sent none
 */
public record Ping(RequestId id, String ts) implements Command {
    @Override
    public void execute(ClientSession session) {
        session.ping(id, ts);
    }
}
