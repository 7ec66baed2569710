package tickerplant.session;

import java.util.List;
import tickerplant.codec.JsonFrames;
import tickerplant.codec.JsonRows;
import tickerplant.hub.Hub;
import tickerplant.market.Event;
import tickerplant.market.FixedClock;
import tickerplant.market.Market;

/** A market, its hub, and one client, whose wire keeps what it is sent; on a clock that stands still. What tests of it share. */
abstract class OneClient {
    final FixedClock clock = FixedClock.at(1_767_225_600_000_000L);
    final RecordingWire wire = new RecordingWire();
    final Sender sender = new Sender(clock);
    final Hub hub = new Hub(new JsonRows(), (event, reason) -> {}, 1_000);
    final Market market = new Market(hub, 1_000);
    final Outbox outbox;
    final ClientSession session;

    OneClient(Outbox.Bounds bounds, ClientSession.Limits limits) {
        outbox = new Outbox("s-1", wire, new JsonFrames(), sender, clock, bounds);
        session = new ClientSession(hub, outbox, clock, "e-1", limits);
    }

    /** One whose rows wait up to that bound where they wait one by one. */
    OneClient(int queuedRows, ClientSession.Limits limits) {
        this(new Outbox.Bounds(1 << 20, 1 << 18, queuedRows, 1 << 18), limits);
    }

    /** What the client has heard since it was asked last. */
    final List<String> heard() {
        outbox.drain();
        List<String> heard = List.copyOf(wire.frames);
        wire.frames.clear();
        return heard;
    }

    /** What the client hears of these events. */
    final List<String> play(Event... events) {
        for (Event event : events) {
            market.apply(event);
        }
        return heard();
    }
}
