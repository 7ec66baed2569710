package tickerplant.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tickerplant.message.CloseCode;
import tickerplant.message.Frame;

/** A wire that keeps what it is given, and takes frames at once or only when the test says so. */
final class RecordingWire implements Wire {
    final List<String> frames = new ArrayList<>();
    final List<Long> pings = new ArrayList<>();
    Optional<CloseCode> closed = Optional.empty();
    boolean wasCut;
    private boolean takesAtOnce = true;
    private Optional<Receipt> owed = Optional.empty();

    /** From now on a frame stays in flight until {@link #take}. */
    void stall() {
        takesAtOnce = false;
    }

    /** Takes the frame in flight, and from now on every other at once. */
    void take() {
        takesAtOnce = true;
        Optional<Receipt> receipt = owed;
        owed = Optional.empty();
        receipt.ifPresent(Receipt::sent);
    }

    /** The frame in flight is lost. */
    void fail() {
        owed.ifPresent(Receipt::failed);
    }

    @Override
    public void send(Frame frame, Receipt receipt) {
        if (owed.isPresent()) {
            throw new AssertionError("a second frame in flight");
        }
        frames.add(frame.text());
        if (takesAtOnce) {
            receipt.sent();
        } else {
            owed = Optional.of(receipt);
        }
    }

    @Override
    public void ping(long number) {
        pings.add(number);
    }

    @Override
    public void close(CloseCode code, String reason) {
        closed = Optional.of(code);
    }

    @Override
    public void cut() {
        wasCut = true;
    }
}
