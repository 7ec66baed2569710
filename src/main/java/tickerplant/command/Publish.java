package tickerplant.command;

import java.util.List;
import tickerplant.feed.text.Submitted;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/**
 * Here are events. What is published goes to the feed that it belongs to, and never comes to the market thread as a command.
 *
 * @param id the client's name for the request
 * @param publisher who numbers the messages, at most {@link #MAX_PUBLISHER} characters; empty where they have no numbers
 * @param pseq the message's number, from 1; 0 without a publisher
 * @param events what is told
 */
public record Publish(RequestId id, String publisher, long pseq, List<Submitted> events) implements Command {
    /** The longest name of a publisher, in characters. */
    public static final int MAX_PUBLISHER = 64;

    /** The most events that one message may have. */
    public static final int MOST_EVENTS = 1_000;

    public Publish {
        events = List.copyOf(events);
    }

    @Override
    public void execute(ClientSession session) {
        session.reply(new ErrorMessage(id, Reason.FORBIDDEN, "nothing can be published on this connection", ""));
    }
}
