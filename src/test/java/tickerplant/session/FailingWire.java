package tickerplant.session;

import java.util.ArrayList;
import java.util.List;
import tickerplant.message.CloseCode;
import tickerplant.message.Frame;

/** A wire that throws, which none may. */
final class FailingWire implements Wire {
    volatile int sends;
    private final Runnable atSend;
    private final Runnable atClose;
    private final List<Integer> ends = new ArrayList<>();

    FailingWire(Runnable atSend, Runnable atClose) {
        this.atSend = atSend;
        this.atClose = atClose;
    }

    /** The codes that it was closed with, and 0 where it was cut, in order. */
    synchronized List<Integer> ends() {
        return List.copyOf(ends);
    }

    private synchronized void ended(int how) {
        ends.add(how);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // the sender's thread alone adds
    public void send(Frame frame, Receipt receipt) {
        sends++;
        atSend.run();
    }

    @Override
    public void ping(long number) {
        atSend.run();
    }

    @Override
    public void close(CloseCode code, String reason) {
        ended(code.code());
        atClose.run();
    }

    @Override
    public void cut() {
        ended(0);
    }
}
