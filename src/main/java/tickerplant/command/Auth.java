package tickerplant.command;

import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/**
 * Here is a token that says who I am. Where the service asks for one, it is judged before this gets to the market thread,
 * which must not wait for keys; what gets there has come to a service that asks for none.
 *
 * @param id the client's name for the request
 * @param token as it was sent, and not to be shown to anybody
 */
public record Auth(RequestId id, String token) implements Command {
    @Override
    public void execute(ClientSession session) {
        session.needsNoToken(id);
    }

    /** Without the token, which must not get into a log. */
    @Override
    public String toString() {
        return "Auth[id=" + id + "]";
    }
}
