package tickerplant.session;

import java.util.List;
import tickerplant.message.Frame;
import tickerplant.message.FrameEncoder;
import tickerplant.message.Frames;
import tickerplant.message.Message;
import tickerplant.message.Row;
import tickerplant.message.UpdateMessage;

/**
 * Lets clients that are in step share a frame: where one is due the very rows that another was sent a moment ago, it gets the
 * same bytes, whatever the two follow besides. For one sender's thread.
 */
final class InStep {
    /** Changes arrive during a round, so that its clients are in a few groups, each a little further than the one before. */
    private static final int KEPT = 8;

    private final UpdateMessage[] messages = new UpdateMessage[KEPT];
    private final Frame[] frames = new Frame[KEPT];
    private int newest;

    /** The frames of a message, that of an earlier one where it says the same and fits. */
    Frames frames(Message message, FrameEncoder encoder) {
        Frames own = encoder.frames(message);
        return message instanceof UpdateMessage update ? new Shared(update, own) : own;
    }

    private Frame find(UpdateMessage wanted, int maxBytes) {
        for (int i = 0; i < KEPT; i++) {
            int place = (newest + i) % KEPT;
            if (messages[place] != null && says(messages[place], wanted) && frames[place].length() <= maxBytes) {
                return frames[place];
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // a row is one object for all whom it goes to
    private static boolean says(UpdateMessage sent, UpdateMessage wanted) {
        List<Row> rows = sent.rows();
        List<Row> others = wanted.rows();
        if (rows.size() != others.size() || sent.channel() != wanted.channel()) {
            return false;
        }
        for (int i = rows.size() - 1; i >= 0; i--) {
            if (rows.get(i) != others.get(i)) {
                return false;
            }
        }
        return true;
    }

    private void keep(UpdateMessage message, Frame frame) {
        newest = (newest + KEPT - 1) % KEPT;
        messages[newest] = message;
        frames[newest] = frame;
    }

    private final class Shared implements Frames {
        private final UpdateMessage message;
        private final Frames own;
        private boolean begun;
        private boolean done;

        Shared(UpdateMessage message, Frames own) {
            this.message = message;
            this.own = own;
        }

        @Override
        public boolean hasNext() {
            return !done && own.hasNext();
        }

        @Override
        public Frame next(int maxBytes) {
            if (begun) {
                return own.next(maxBytes);
            }
            begun = true;
            Frame shared = find(message, maxBytes);
            if (shared != null) {
                done = true;
                return shared;
            }
            Frame first = own.next(maxBytes);
            if (!own.hasNext()) {
                keep(message, first);
            }
            return first;
        }

        @Override
        public Message message() {
            return message;
        }

        @Override
        public int rows() {
            return done ? message.rows().size() : own.rows();
        }
    }
}
