package tickerplant.session;

import java.util.List;
import tickerplant.market.Channel;
import tickerplant.market.Event;
import tickerplant.market.Events;
import tickerplant.message.RequestId;

/** One client behind a market of one symbol; the test plays the sender's thread by calling {@link Outbox#drain}. */
abstract class QueuedClient extends OneClient {
    static final int QUEUED = 4;
    static final int REPLY_BYTES = 1_024;

    QueuedClient() {
        super(new Outbox.Bounds(65_536, 65_536, QUEUED, REPLY_BYTES), new ClientSession.Limits(100, 10));
        market.apply(Events.listed("ACME", 9_900));
        session.begin();
    }

    /** The events are waiting for the client from now on. */
    final void happen(Event... events) {
        for (Event event : events) {
            market.apply(event);
        }
    }

    /** The client follows the symbol, and has heard how it stands. */
    final void follow(Channel channel) {
        session.subscribe(RequestId.NONE, channel, Wanted.of(List.of("ACME")));
        outbox.drain();
        wire.frames.clear();
    }

    /** The types of the frames that were sent. */
    final List<String> types() {
        return wire.frames.stream().map(QueuedClient::type).toList();
    }

    private static String type(String frame) {
        int start = "{\"type\":\"".length();
        return frame.substring(start, frame.indexOf('"', start));
    }
}
