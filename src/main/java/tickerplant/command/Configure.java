package tickerplant.command;

import java.util.Optional;
import tickerplant.message.Rate;
import tickerplant.message.RequestId;
import tickerplant.message.Visible;
import tickerplant.session.ClientSession;

/**
 * Change how much comes on this connection. What is absent stays as it is.
 *
 * @param id the client's name for the request
 * @param maxRate of each symbol's rows
 * @param paused whether nothing but answers and heartbeats is wanted
 * @param visible the symbols that the client shows
 */
public record Configure(RequestId id, Optional<Rate> maxRate, Optional<Boolean> paused, Optional<Visible> visible)
        implements Command {
    @Override
    public void execute(ClientSession session) {
        session.configure(id, maxRate, paused, visible);
    }
}
