package tickerplant.session;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import tickerplant.bus.Counts;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.message.CloseCode;
import tickerplant.message.Configured;
import tickerplant.message.Frame;
import tickerplant.message.FrameEncoder;
import tickerplant.message.Frames;
import tickerplant.message.Heartbeat;
import tickerplant.message.Level;
import tickerplant.message.Message;
import tickerplant.message.Row;
import tickerplant.message.UpdateMessage;

/**
 * The way out to one client: when what is {@link Outgoing} leaves, one frame at a time. The market thread and the container's
 * threads put in, one sender thread takes out; the object itself is the one lock.
 *
 * <p>One frame is in flight, never two, and what comes meanwhile waits. Since the kernel would hide megabytes that the client
 * hasn't read, a WebSocket ping follows every window of bytes, and nothing but heartbeats and how the client stands goes out
 * until its pong is back. Of rows that wait for their time the sender is told.
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
    /** Who takes nothing for so long is not only busy with what it has asked for. */
    private static final long UNREAD_NANOS = 1_000_000_000L;
    /** So many times the bound is too much even for somebody who has only just asked. */
    private static final int MUCH = 16;

    /**
     * What an outbox may hold.
     *
     * @param windowBytes that may be unread by the client
     * @param frameBytes of the longest frame
     * @param queuedRows that wait in a channel that does not conflate
     * @param replyBytes of answers, besides the longest, that a client which takes nothing may leave waiting
     */
    public record Bounds(int windowBytes, int frameBytes, int queuedRows, int replyBytes) {}

    private final String name;
    private final Wire wire;
    private final Sender sender;
    private final Clock clock;
    private final Bounds bounds;
    private final Wire.Receipt receipt = new Receipt();

    private final Window window;
    private final Outgoing outgoing;

    private boolean scheduled;
    private final Alarm alarm = new Alarm();
    private int inFlight;
    private long sentAt;

    private final Counts<Told> told = new Counts<>(Told.class);
    private CloseCode closing;
    private String closingReason = "";
    private boolean ended;
    private long endedAt;

    /**
     * An empty outbox.
     *
     * @param name of its session, for logs
     */
    public Outbox(String name, Wire wire, FrameEncoder encoder, Sender sender, Clock clock, Bounds bounds) {
        this.name = name;
        this.wire = wire;
        this.sender = sender;
        this.clock = clock;
        this.bounds = bounds;
        this.window = new Window(bounds.windowBytes(), clock.nanos());
        this.outgoing = new Outgoing(name, encoder, clock, bounds.queuedRows());
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
        outgoing.reply(message);
        long over = outgoing.replyBytes() / bounds.replyBytes();
        if (over >= MUCH || (over > 0 && stalledNanos() > UNREAD_NANOS)) {
            abort(CloseCode.TOO_SLOW, "answers were not read");
            return;
        }
        schedule();
    }

    /** So many rows of a channel that the client missed are among the answers. */
    synchronized void catchesUp(Channel channel, int rows) {
        outgoing.catchesUp(channel, rows);
    }

    /** The newest heartbeat; one that has not gone out yet gives way to it. */
    public synchronized void heartbeat(Heartbeat newest) {
        if (!ended && closing == null) {
            outgoing.heartbeat(newest);
            schedule();
        }
    }

    /**
     * The newest heartbeat, with a check of the ticker where nothing of it is still to be sent. For the market thread, which
     * alone makes what could be sent next.
     */
    synchronized void heartbeat(Heartbeat newest, int check) {
        heartbeat(outgoing.isSettled(Channel.TICKER) ? newest.checkedBy(check) : newest);
    }

    synchronized void offer(Slot slot, Row row) {
        if (!ended && closing == null) {
            outgoing.offer(slot, row, isBehind());
            schedule();
        }
    }

    /** Whether it is the client, not the sender's pause, that what comes now waits for. */
    private boolean isBehind() {
        return inFlight > 0 || !window.isOpen() || outgoing.isPaused();
    }

    /** A moment before which nothing was sent to this client. */
    long longAgo() {
        return outgoing.longAgo();
    }

    /** Sets the intervals of some slots of a channel, in nanoseconds. */
    synchronized void pace(Channel channel, Collection<Slot> slots, ToLongFunction<Slot> interval) {
        if (outgoing.pace(channel, slots, interval)) {
            schedule();
        }
    }

    /** Applies what holds for the connection from now on, and says so; at the end of a pause all that waits may leave. */
    synchronized void configure(Configured newest) {
        outgoing.configure(newest);
        reply(newest);
    }

    /** Puts what waits for these slots among the answers, so that it goes out before the answers that come now. */
    synchronized void flush(Channel channel, Predicate<Slot> whose) {
        outgoing.takeAll(channel, whose).forEach(this::reply);
    }

    /** Forgets what waits for these slots. */
    synchronized void discard(Channel channel, Predicate<Slot> whose) {
        outgoing.takeAll(channel, whose);
    }

    /** Closes the connection once the answers so far have been sent; everything after that is dropped. */
    public synchronized void close(CloseCode code, String reason) {
        if (!ended && closing == null) {
            closing = code;
            closingReason = reason;
            outgoing.end();
            schedule();
        }
    }

    /** Closes the connection once the frame under way has been taken; all that waits is dropped. */
    public synchronized void closeNow(CloseCode code, String reason) {
        if (!ended && closing == null) {
            outgoing.dropReplies();
            close(code, reason);
        }
    }

    /** The connection is gone; nothing is sent any more. */
    public synchronized void end() {
        if (!ended) {
            ended = true;
            endedAt = clock.nanos();
        }
        outgoing.end();
        outgoing.dropReplies();
    }

    /** A WebSocket pong came from the client. */
    public synchronized void pong(long number) {
        long now = clock.nanos();
        long took = now - window.pingedAt();
        if (window.pong(number, now)) {
            outgoing.ladder().answered(now, took);
            look(now);
        }
    }

    /**
     * Looks after the client: how it keeps up, and whether it is there at all. To be called a few times a second.
     *
     * @param probeNanos for how long it may be left without a ping
     */
    public synchronized void tend(long probeNanos) {
        long now = clock.nanos();
        if (now - window.pingedAt() >= probeNanos) {
            window.wantProbe();
        }
        look(now);
    }

    private void look(long now) {
        if (!ended) {
            outgoing.look(now, stalledNanos(now), isBehind());
            schedule();
        }
    }

    /** For how long the client has taken nothing although something was sent to it, in nanoseconds. */
    public synchronized long stalledNanos() {
        return stalledNanos(clock.nanos());
    }

    private long stalledNanos(long now) {
        long unsent = inFlight > 0 ? now - sentAt : 0;
        long unread = window.isOpen() ? 0 : now - window.pingedAt();
        return ended ? 0 : Math.max(unsent, unread);
    }

    /** For how long nothing has been sent any more, because all was said or a send failed, in nanoseconds; 0 before that. */
    public synchronized long endedNanos() {
        return ended ? clock.nanos() - endedAt : 0;
    }

    /** For how long the client has not answered a ping although it had hardly anything to read, in nanoseconds. */
    public synchronized long silentNanos() {
        return ended || inFlight > 0 || !window.isOpen() ? 0 : window.silentNanos(clock.nanos());
    }

    /** For how long the frame that is under way has been so, in nanoseconds; 0 where none is. */
    public synchronized long inFlightNanos() {
        return inFlight > 0 && !ended ? clock.nanos() - sentAt : 0;
    }

    /** How far the client has been taken down because it doesn't keep up. */
    public synchronized Level level() {
        return outgoing.ladder().level();
    }

    /** The steps, up or down, that it was taken since this was last asked, in order. */
    public synchronized List<Level> takeSteps() {
        return outgoing.takeSteps();
    }

    /** What it has been sent; any thread may read. */
    public Counts<Told> told() {
        return told;
    }

    /** Why we end the connection, or have ended it; empty where we don't. */
    public synchronized Optional<CloseCode> closing() {
        return Optional.ofNullable(closing);
    }

    /** Ends the connection now, without waiting for a client that may never read again. */
    public void abort(CloseCode code, String reason) {
        try {
            dismiss(code, reason);
        } finally {
            cut();
        }
    }

    /** Ends the connection now, in words that the client may still read; {@link #cut} must follow after a while. */
    public void dismiss(CloseCode code, String reason) {
        synchronized (this) {
            closing = closing == null ? code : closing;
            end();
        }
        wire.close(code, reason);
    }

    /** Cuts the connection, if it is still there. */
    public void cut() {
        wire.cut();
    }

    /** Sends what waits, until nothing does, a frame is stuck, or it is somebody else's turn. For its sender alone. */
    void drain() {
        for (int i = 0; i < FRAMES_IN_A_ROW; i++) {
            if (!sendNext()) {
                return;
            }
        }
        sender.ready(this);
    }

    /** The sender's alarm for this moment rings; answers whether it is the one that counts. For its sender alone. */
    synchronized boolean rings(long at) {
        return alarm.rings(at) && !ended;
    }

    /** Answers whether the frame has been taken by the network already, so that the next may follow. */
    private boolean sendNext() {
        Frames frames;
        long ping;
        int room;
        boolean over;
        synchronized (this) {
            ping = duePing();
            frames = next();
            ping = ping == 0 ? duePing() : ping;
            over = closing != null && !ended && isAllSent(frames);
            if (over) {
                end();
            }
            room = Math.min(bounds.frameBytes(), window.room());
        }
        if (ping > 0) {
            wire.ping(ping);
        }
        if (over) {
            wire.close(closing, closingReason);
        }
        return frames.hasNext() && send(frames, room);
    }

    private boolean send(Frames frames, int room) {
        int first = frames.rows();
        Frame frame = frames.next(room);
        long now = clock.nanos();
        boolean news;
        synchronized (this) {
            if (ended) {
                return false;
            }
            inFlight = frame.length();
            sentAt = now;
            news = outgoing.isLive(frames);
        }
        Traffic traffic = sender.traffic();
        traffic.count(frame, frames.message(), first, frames.rows(), told);
        if (news && frames.message() instanceof UpdateMessage update) {
            traffic.age(update.rows(), first, frames.rows(), now);
        }
        sender.carries(frame);
        wire.send(frame, receipt);
        synchronized (this) {
            scheduled = inFlight == 0;
            return scheduled;
        }
    }

    private long duePing() {
        return ended || inFlight > 0 || !window.isPingDue() ? 0 : window.duePing(clock.nanos());
    }

    /** What is to be sent next; where there is nothing, the outbox is no longer scheduled. */
    private Frames next() {
        if (inFlight > 0) {
            return Frames.NONE;
        }
        Frames frames = ended ? Frames.NONE : outgoing.next(window.isOpen(), sender.inStep());
        if (!frames.hasNext()) {
            scheduled = false;
            if (!ended && window.isOpen() && closing == null) {
                rest();
            }
        }
        return frames;
    }

    /** Whether nothing is left to be sent to a client that is to go. */
    private boolean isAllSent(Frames next) {
        return inFlight == 0 && !next.hasNext() && window.isOpen();
    }

    /** All that may leave has left: sees to it that the rest will, and that a client shows whether it has caught up. */
    private void rest() {
        if (wantsProof()) {
            outgoing.ladder().proofAsked();
            window.wantProbe();
        }
        if (outgoing.isHolding()) {
            wake(outgoing.earliest());
        }
        if (outgoing.hasTurn()) {
            // Set before anything waits for it, so that the market thread need not wake the sender for that.
            wake(outgoing.nextTurn());
        }
    }

    private boolean wantsProof() {
        return outgoing.ladder().wantsProof() && !window.isAwaitingPong();
    }

    private void wake(long at) {
        if (alarm.misses(at)) {
            alarm.set(at);
            sender.alarm(at, this);
        }
    }

    private void schedule() {
        if (!scheduled && inFlight == 0 && !ended && hasWork()) {
            scheduled = true;
            sender.ready(this);
        }
    }

    private boolean hasWork() {
        if (window.isPingDue() || outgoing.isUrgent()) {
            return true;
        }
        return window.isOpen() && (outgoing.hasReplies() || closing != null || wantsProof() || rowsHaveWork());
    }

    private boolean rowsHaveWork() {
        return outgoing.hasRows() || (outgoing.isHolding() && alarm.misses(outgoing.earliest()));
    }

    private final class Receipt implements Wire.Receipt {
        @Override
        public void sent() {
            synchronized (Outbox.this) {
                window.sent(inFlight);
                inFlight = 0;
                look(clock.nanos());
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
