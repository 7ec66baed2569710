package tickerplant.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.PriorityQueue;
import tickerplant.bus.Handover;
import tickerplant.market.Clock;
import tickerplant.message.CloseCode;
import tickerplant.message.Frame;

/** Carries away what waits in the outboxes that it serves. Run by one thread; outboxes are handed to it by any. */
public final class Sender implements Runnable {
    private static final Logger LOG = System.getLogger(Sender.class.getName());
    /** What may leave so soon after something else goes into one frame with it, and neither leaves before its time. */
    static final long TOGETHER_NANOS = 1_000_000;

    /** When an outbox wants to be served although nobody hands it over. */
    private record Alarm(long at, Outbox outbox) {}

    private final Handover<Outbox> ready = new Handover<>(Integer.MAX_VALUE);
    // The difference, because the clock's origin is anywhere.
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>((a, b) -> Long.signum(a.at - b.at));
    private final Clock clock;
    private final Pause pause = new Pause();
    private final InStep inStep = new InStep();
    private final Traffic traffic = new Traffic();

    public Sender(Clock clock) {
        this.clock = clock;
    }

    /** This outbox has something to send; it is handed over once until it has been served. */
    void ready(Outbox outbox) {
        ready.put(outbox);
    }

    /** What clients in step share. For the sender's own thread, while it serves an outbox. */
    InStep inStep() {
        return inStep;
    }

    /** This frame is about to be sent. For the sender's own thread, while it serves an outbox. */
    void carries(Frame frame) {
        pause.carried(frame.length());
    }

    /** This outbox will have something to send. For the sender's own thread, while it serves the outbox. */
    void alarm(long at, Outbox outbox) {
        alarms.add(new Alarm(at, outbox));
    }

    @Override
    public void run() {
        try {
            while (true) {
                turn(patience());
                clock.sleepUntil(pause.end());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops
        }
    }

    private long patience() {
        return alarms.isEmpty() ? Long.MAX_VALUE : alarms.element().at + TOGETHER_NANOS - clock.nanos();
    }

    /** Serves the outboxes that have been handed over, for which it waits so long, and then those whose time has come. */
    void turn(long nanos) throws InterruptedException {
        List<Outbox> handedOver = ready.take(nanos);
        pause.roundBegins(clock.processorNanos());
        handedOver.forEach(this::serve);
        long now = clock.nanos();
        ring(now);
        pause.roundEnds(clock.processorNanos(), clock.nanos());
    }

    private void ring(long now) {
        while (!alarms.isEmpty() && now - alarms.element().at >= TOGETHER_NANOS) {
            Alarm alarm = alarms.remove();
            if (alarm.outbox.rings(alarm.at)) {
                serve(alarm.outbox);
            }
        }
    }

    /** What it has carried away. */
    public Traffic traffic() {
        return traffic;
    }

    /** How many outboxes have been handed over and not been served. */
    int waiting() {
        return ready.size();
    }

    /**
     * A failure with one client must not cost the others anything. Errors are failures too: a container whose class loader is
     * closed under it overflows the stack, and what one send needs too much of, the next one may have.
     */
    private void serve(Outbox outbox) {
        try {
            outbox.drain();
        } catch (RuntimeException | Error e) {
            traffic.failed();
            end(outbox, e);
        }
    }

    /** The container that has just failed, or the log, may do so again. */
    private static void end(Outbox outbox, Throwable failure) {
        try {
            outbox.abort(CloseCode.INTERNAL_ERROR, "internal error");
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
        try {
            LOG.log(Level.ERROR, "sending to session " + outbox.name() + " failed", failure);
        } catch (RuntimeException | Error e) {
            // it is counted, and there is nobody left to tell
        }
    }
}
