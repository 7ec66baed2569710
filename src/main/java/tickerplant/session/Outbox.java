package tickerplant.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.message.CloseCode;
import tickerplant.message.Frame;
import tickerplant.message.FrameEncoder;
import tickerplant.message.Frames;
import tickerplant.message.Gap;
import tickerplant.message.Heartbeat;
import tickerplant.message.Message;
import tickerplant.message.Row;
import tickerplant.message.UpdateMessage;

/**
 * What waits for one client, and the order in which it leaves. The market thread and the container's threads put in, one
 * sender thread takes out; the object itself is the one lock.
 *
 * <p>One frame is in flight, never two. What comes meanwhile waits: answers in a queue; rows that conflate in their slots, at
 * most one each; rows that don't in a bounded queue, whose oldest give way to a gap. Since the kernel would hide megabytes
 * that the client hasn't read, a WebSocket ping follows every window of bytes, and nothing but heartbeats goes out until its
 * pong is back.
 *
 * <pre>
 *              something waits              a sender takes it              receipt
 *     quiet ────────────────────▶ scheduled ─────────────────▶ in flight ───────────▶ quiet, or scheduled again
 *                                     ▲                             │ a window of bytes is full
 *                                     └────────── pong ◀── ping ◀───┘
 * </pre>
 */
public final class Outbox {
    private static final int FRAMES_IN_A_ROW = 16;
    private static final int ROWS_IN_A_MESSAGE = 4096;
    private static final Frames NONE = new Frames() {
        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public Frame next(int maxBytes) {
            throw new NoSuchElementException();
        }
    };

    /**
     * What an outbox may hold.
     *
     * @param windowBytes that may be unread by the client
     * @param frameBytes of the longest frame
     * @param queuedRows that wait in a channel that does not conflate
     * @param replies that wait before the client is too slow
     */
    public record Bounds(int windowBytes, int frameBytes, int queuedRows, int replies) {}

    private final String name;
    private final Wire wire;
    private final FrameEncoder encoder;
    private final Sender sender;
    private final Clock clock;
    private final Bounds bounds;
    private final Wire.Receipt receipt = new Receipt();

    private final Window window;
    private final Deque<Message> replies = new ArrayDeque<>();
    private final Map<Channel, Backlog> backlogs = new EnumMap<>(Channel.class);
    /** The newest heartbeat, where it has not been sent yet. */
    private Heartbeat heartbeat;
    /** The message whose frames are being sent, by the thread that drains. */
    private Frames current = NONE;

    private boolean scheduled;
    private int inFlight;
    private long sentAt;
    private CloseCode closing;
    private String closingReason = "";
    private boolean ended;

    /**
     * An empty outbox.
     *
     * @param name of its session, for logs
     */
    public Outbox(String name, Wire wire, FrameEncoder encoder, Sender sender, Clock clock, Bounds bounds) {
        this.name = name;
        this.wire = wire;
        this.encoder = encoder;
        this.sender = sender;
        this.clock = clock;
        this.bounds = bounds;
        this.window = new Window(bounds.windowBytes());
        for (Channel channel : Channel.values()) {
            backlogs.put(channel, channel.conflates() ? new Conflated() : new Queued(bounds.queuedRows()));
        }
    }

    /** The name of its session. */
    public String name() {
        return name;
    }

    /** An answer, or something else that must be told in its turn. */
    public synchronized void reply(Message message) {
        if (ended || closing != null) {
            return;
        }
        if (replies.size() >= bounds.replies()) {
            abort(CloseCode.TOO_SLOW, "answers were not read");
            return;
        }
        replies.add(message);
        schedule();
    }

    /** The newest heartbeat; one that has not gone out yet gives way to it. */
    public synchronized void heartbeat(Heartbeat newest) {
        if (!ended && closing == null) {
            heartbeat = newest;
            schedule();
        }
    }

    /**
     * The newest heartbeat, with a check of the ticker where nothing of it is still to be sent. For the market thread, which
     * alone makes what could be sent next.
     */
    synchronized void heartbeat(Heartbeat newest, int check) {
        boolean settled = backlogs.get(Channel.TICKER).isEmpty() && replies.isEmpty() && !current.hasNext();
        heartbeat(settled ? newest.checkedBy(check) : newest);
    }

    synchronized void offer(Slot slot, Row row) {
        if (!ended && closing == null) {
            backlogs.get(row.update().channel()).add(slot, row);
            schedule();
        }
    }

    /** Puts what waits for these slots among the answers, so that it goes out before the answers that come now. */
    synchronized void flush(Channel channel, Predicate<Slot> whose) {
        Backlog backlog = backlogs.get(channel);
        for (Optional<Gap> gap = backlog.takeGap(whose); gap.isPresent(); gap = backlog.takeGap(whose)) {
            reply(gap.get());
        }
        List<Row> rows = backlog.take(whose);
        if (!rows.isEmpty()) {
            reply(new UpdateMessage(channel, clock.micros(), rows));
        }
    }

    /** Forgets what waits for these slots. */
    synchronized void discard(Channel channel, Predicate<Slot> whose) {
        Backlog backlog = backlogs.get(channel);
        while (backlog.takeGap(whose).isPresent()) {
            // a gap in what is no longer wanted is of no interest
        }
        backlog.take(whose);
    }

    /** Closes the connection once the answers so far have been sent; everything after that is dropped. */
    public synchronized void close(CloseCode code, String reason) {
        if (!ended && closing == null) {
            closing = code;
            closingReason = reason;
            heartbeat = null;
            backlogs.values().forEach(Backlog::clear);
            schedule();
        }
    }

    /** Closes the connection once the frame under way has been taken; all that waits is dropped. */
    public synchronized void closeNow(CloseCode code, String reason) {
        if (!ended && closing == null) {
            replies.clear();
            current = NONE;
            close(code, reason);
        }
    }

    /** The connection is gone; nothing is sent any more. */
    public synchronized void end() {
        ended = true;
        replies.clear();
        heartbeat = null;
        current = NONE;
        backlogs.values().forEach(Backlog::clear);
    }

    /** A WebSocket pong came from the client. */
    public synchronized void pong(long number) {
        if (window.pong(number, clock.nanos())) {
            schedule();
        }
    }

    /** For how long the client has taken nothing although something was sent to it, in nanoseconds. */
    public synchronized long stalledNanos() {
        long now = clock.nanos();
        long unsent = inFlight > 0 ? now - sentAt : 0;
        long unread = window.isOpen() ? 0 : now - window.pingedAt();
        return ended ? 0 : Math.max(unsent, unread);
    }

    /** Ends the connection now, without waiting for a client that may never read again. */
    public void abort(CloseCode code, String reason) {
        end();
        wire.close(code, reason);
        wire.cut();
    }

    /** Sends what waits, until nothing does, a frame is stuck, or it is somebody else's turn. For its sender alone. */
    void drain() {
        for (int i = 0; i < FRAMES_IN_A_ROW; i++) {
            long ping = duePing();
            if (ping > 0) {
                wire.ping(ping);
            }
            if (!sendNext()) {
                return;
            }
        }
        sender.ready(this);
    }

    /** Answers whether the frame has been taken by the network already, so that the next may follow. */
    private boolean sendNext() {
        Optional<Frames> frames = next();
        if (frames.isEmpty()) {
            return false;
        }
        Frame frame = frames.get().next(Math.min(bounds.frameBytes(), window.bytes()));
        synchronized (this) {
            if (ended) {
                return false;
            }
            inFlight = frame.length();
            sentAt = clock.nanos();
        }
        wire.send(frame, receipt);
        synchronized (this) {
            scheduled = inFlight == 0;
            return scheduled;
        }
    }

    private synchronized long duePing() {
        return !ended && window.isFull() ? window.ping(clock.nanos()) : 0;
    }

    /** What is to be sent next; empty where there is nothing, and then the outbox is no longer scheduled. */
    private Optional<Frames> next() {
        synchronized (this) {
            if (inFlight > 0) {
                return Optional.empty();
            }
            if (!ended && heartbeat != null) {
                Frames frames = encoder.frames(heartbeat);
                heartbeat = null;
                return Optional.of(frames);
            }
            if (!ended && window.isOpen()) {
                if (!current.hasNext()) {
                    current = nextMessage().map(encoder::frames).orElse(NONE);
                }
                if (current.hasNext()) {
                    return Optional.of(current);
                }
            }
            scheduled = false;
            if (ended || closing == null || !window.isOpen()) {
                return Optional.empty();
            }
            end();
        }
        wire.close(closing, closingReason);
        return Optional.empty();
    }

    private Optional<Message> nextMessage() {
        if (!replies.isEmpty()) {
            return Optional.of(replies.remove());
        }
        for (Map.Entry<Channel, Backlog> entry : backlogs.entrySet()) {
            Backlog backlog = entry.getValue();
            Optional<Gap> gap = backlog.takeGap(Outbox::any);
            if (gap.isPresent()) {
                return Optional.of(gap.get());
            }
            if (!backlog.isEmpty()) {
                return Optional.of(new UpdateMessage(entry.getKey(), clock.micros(), backlog.take(ROWS_IN_A_MESSAGE)));
            }
        }
        return Optional.empty();
    }

    private static boolean any(Slot slot) {
        return true;
    }

    private void schedule() {
        if (!scheduled && inFlight == 0 && !ended && hasWork()) {
            scheduled = true;
            sender.ready(this);
        }
    }

    private boolean hasWork() {
        return heartbeat != null
                || window.isFull()
                || (window.isOpen()
                        && (current.hasNext()
                                || !replies.isEmpty()
                                || closing != null
                                || backlogs.values().stream().anyMatch(backlog -> !backlog.isEmpty())));
    }

    private final class Receipt implements Wire.Receipt {
        @Override
        public void sent() {
            synchronized (Outbox.this) {
                window.sent(inFlight);
                inFlight = 0;
                schedule();
            }
        }

        @Override
        public void failed() {
            synchronized (Outbox.this) {
                inFlight = 0;
                end();
            }
        }
    }
}
