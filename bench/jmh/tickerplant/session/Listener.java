package tickerplant.session;

import tickerplant.codec.JsonFrames;
import tickerplant.hub.Hub;
import tickerplant.market.Clock;
import tickerplant.message.CloseCode;
import tickerplant.message.Frame;

/** A client that takes every frame at once. */
final class Listener implements Wire {
    private static final int BYTES = 64 << 20;

    final ClientSession session;
    long bytes;
    private final Outbox outbox;

    Listener(Hub hub, Sender sender, Clock clock) {
        outbox = new Outbox(
                "s-1",
                this,
                new JsonFrames(),
                sender,
                clock,
                new Outbox.Bounds(BYTES, BYTES, 2_048, BYTES));
        session = new ClientSession(hub, outbox, clock, "e-1", new ClientSession.Limits(1_000_000, 10));
        session.begin();
    }

    @Override
    public void send(Frame frame, Receipt receipt) {
        bytes += frame.length();
        receipt.sent();
    }

    @Override
    public void ping(long number) {
        outbox.pong(number);
    }

    @Override
    public void close(CloseCode code, String reason) {
        throw new IllegalStateException(code + " " + reason);
    }

    @Override
    public void cut() {
        throw new IllegalStateException("cut");
    }
}
