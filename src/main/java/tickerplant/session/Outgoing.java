package tickerplant.session;

import java.lang.System.Logger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.message.Configured;
import tickerplant.message.Flow;
import tickerplant.message.FrameEncoder;
import tickerplant.message.Frames;
import tickerplant.message.Heartbeat;
import tickerplant.message.Level;
import tickerplant.message.Message;
import tickerplant.message.Row;

/**
 * What waits for one client, and the order in which it leaves: the newest heartbeat, how the client stands, answers, rows. Of
 * rows, those that conflate wait in their slots, at most one each; those that don't in bounded queues, whose oldest give way to
 * a gap; and those of a limited rate for their time. Guarded by the lock of its outbox.
 */
final class Outgoing {
    private static final Logger LOG = System.getLogger(Outgoing.class.getName());

    private final String session;
    private final FrameEncoder encoder;
    private final Replies replies = new Replies();
    private final Standing standing = new Standing();
    private final Pace pace;
    private final Backlogs backlogs;
    /** The newest heartbeat, where it has not been sent yet. */
    private Heartbeat heartbeat;
    /** The message whose frames are being sent. */
    private Frames current = Frames.NONE;
    /** Whether that message is of what has just happened. */
    private boolean live;
    /** Whether the answers that wait are the last that the client is to hear. */
    private boolean ending;

    /**
     * Nothing waits.
     *
     * @param session its name, for the log
     * @param queuedRows that may wait in a channel that does not conflate
     */
    Outgoing(String session, FrameEncoder encoder, Clock clock, int queuedRows) {
        this.session = session;
        this.encoder = encoder;
        this.pace = new Pace(clock);
        this.backlogs = new Backlogs(clock, pace, queuedRows, standing::whyDropped);
    }

    void reply(Message message) {
        replies.add(message);
    }

    /** About how many bytes of answers wait, besides the longest. */
    long replyBytes() {
        return replies.weightBesidesTheHeaviest();
    }

    void heartbeat(Heartbeat newest) {
        heartbeat = newest;
    }

    /** Whether the client has been sent all there is of a channel, and of answers. */
    boolean isSettled(Channel channel) {
        return backlogs.of(channel).isEmpty() && !hasReplies();
    }

    /** So many rows of a channel that the client missed are among the answers. */
    void catchesUp(Channel channel, int rows) {
        backlogs.of(channel).follows(rows);
    }

    /** Takes the next row of a slot. */
    void offer(Slot slot, Row row, boolean isBehind) {
        Backlog backlog = backlogs.of(slot.topic().channel());
        if (isBehind) {
            backlog.addBehind(slot, row);
        } else {
            backlog.add(slot, row);
        }
    }

    /** Takes out what waits for these slots, whether its time has come or not. */
    List<Message> takeAll(Channel channel, Predicate<Slot> whose) {
        return backlogs.takeAll(channel, whose);
    }

    /** Sets the intervals of some slots of a channel, in nanoseconds; answers whether one of them is another. */
    boolean pace(Channel channel, Collection<Slot> slots, ToLongFunction<Slot> interval) {
        boolean changes = false;
        for (Slot slot : slots) {
            long wanted = interval.applyAsLong(slot);
            changes |= slot.interval != wanted;
            slot.interval = wanted;
        }
        if (changes) {
            backlogs.of(channel).retime();
        }
        return changes;
    }

    /** A moment before which nothing was sent that could matter now. */
    long longAgo() {
        return pace.longAgo();
    }

    /** Applies what the client wants of its connection; at the end of a pause all that waits may leave. */
    void configure(Configured newest) {
        if (pace.configure(newest.maxRate().intervalNanos())) {
            backlogs.retime();
        }
        if (standing.isPaused() && !newest.paused()) {
            backlogs.release();
        }
        standing.pause(newest.paused());
        standing.hide(newest.visible().symbols().isPresent());
    }

    /** Whether the client has asked for a pause. */
    boolean isPaused() {
        return standing.isPaused();
    }

    /**
     * Looks at how the client keeps up.
     *
     * @param now in nanoseconds
     * @param stalledNanos for how long it has taken nothing of what it was sent
     * @param isBehind whether what comes now waits for it
     */
    void look(long now, long stalledNanos, boolean isBehind) {
        if (isBehind) {
            backlogs.fold();
        }
        ladder().look(now, stalledNanos, !isPaused() && backlogs.isCrowded());
        standing.note();
        if (pace.impose(standing.imposedNanos())) {
            backlogs.retime();
        }
    }

    Ladder ladder() {
        return standing.ladder();
    }

    /** The steps of the ladder since this was last asked. */
    List<Level> takeSteps() {
        return standing.takeSteps();
    }

    /** Nothing but the answers so far is still to be sent. */
    void end() {
        ending = true;
        heartbeat = null;
        backlogs.clear();
    }

    /** Not even those, nor what is left of the message whose frames are being sent. */
    void dropReplies() {
        replies.clear();
        current = Frames.NONE;
    }

    /**
     * What is to be sent next; nothing where {@link Frames#hasNext} says so.
     *
     * @param isRead whether the client reads; else there is nothing but heartbeats and how it stands
     */
    Frames next(boolean isRead, InStep inStep) {
        if (heartbeat != null) {
            Frames frames = encoder.frames(heartbeat);
            heartbeat = null;
            return frames;
        }
        if (!isRead) {
            return news().map(encoder::frames).orElse(Frames.NONE);
        }
        if (!current.hasNext()) {
            current = nextMessage()
                    .map(message -> inStep.frames(message, encoder))
                    .orElse(Frames.NONE);
        }
        return current;
    }

    private Optional<Message> nextMessage() {
        Optional<Message> reply = replies.take();
        live = reply.isEmpty();
        if (reply.isPresent()) {
            return reply;
        }
        Optional<Message> news = news();
        if (news.isPresent() || isPaused()) {
            return news;
        }
        return backlogs.next();
    }

    private Optional<Message> news() {
        if (ending || !standing.hasNews()) {
            return Optional.empty();
        }
        Optional<Flow> flow = standing.news(backlogs.size());
        LOG.log(Logger.Level.DEBUG, "session {0}: {1}", session, flow);
        return flow.map(Message.class::cast);
    }

    /** Whether these frames, which are being sent, are of what has just happened. */
    boolean isLive(Frames frames) {
        return live && frames == current;
    }

    /** Whether something waits that goes out even to a client that doesn't read. */
    boolean isUrgent() {
        return heartbeat != null || standing.hasNews();
    }

    /** Whether answers wait, or the rest of a message. */
    boolean hasReplies() {
        return current.hasNext() || !replies.isEmpty();
    }

    /** Whether rows may leave, as far as can be told without looking at the clock. */
    boolean hasRows() {
        return !isPaused() && backlogs.isReady();
    }

    /** Whether rows wait for nothing but their time. */
    boolean isHolding() {
        return !isPaused() && backlogs.isHolding();
    }

    /** When the first of those may leave; there must be one. */
    long earliest() {
        return backlogs.earliest();
    }

    /** Whether a slot of a limited rate has sent something since this was last asked. */
    boolean hasTurn() {
        return !isPaused() && pace.hasTurn();
    }

    /** When it may send again. */
    long nextTurn() {
        return pace.nextTurn();
    }
}
