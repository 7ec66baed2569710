package tickerplant.command;

import tickerplant.message.ErrorMessage;
import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/**
 * A request that makes no sense; its answer is the complaint. Going the way of every command keeps answers in the order of
 * requests.
 *
 * @param complaint what is wrong, and what was expected
 */
public record Refused(ErrorMessage complaint) implements Command {
    @Override
    public RequestId id() {
        return complaint.id();
    }

    @Override
    public void execute(ClientSession session) {
        session.reply(complaint);
    }
}
