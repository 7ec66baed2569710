package tickerplant.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import tickerplant.bus.Handover;
import tickerplant.message.CloseCode;

/** Carries away what waits in the outboxes that it serves. Run by one thread; outboxes are handed to it by any. */
public final class Sender implements Runnable {
    private static final Logger LOG = System.getLogger(Sender.class.getName());

    private final Handover<Outbox> ready = new Handover<>(Integer.MAX_VALUE);

    /** This outbox has something to send; it is handed over once until it has been served. */
    void ready(Outbox outbox) {
        ready.put(outbox);
    }

    @Override
    public void run() {
        try {
            while (true) {
                for (Outbox outbox : ready.take()) {
                    serve(outbox);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops
        }
    }

    /** A failure with one client must not cost the others anything. */
    private static void serve(Outbox outbox) {
        try {
            outbox.drain();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "sending to session " + outbox.name() + " failed", e);
            outbox.abort(CloseCode.INTERNAL_ERROR, "internal error");
        }
    }
}
