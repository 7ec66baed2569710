package tickerplant.session;

import java.util.List;
import tickerplant.bus.Counts;
import tickerplant.market.Channel;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Frame;
import tickerplant.message.Gap;
import tickerplant.message.Message;
import tickerplant.message.Reason;
import tickerplant.message.Row;
import tickerplant.message.Snapshot;
import tickerplant.message.UpdateMessage;

/** What one sender has carried away. Its thread alone counts, any may read. */
public final class Traffic {
    /** What is counted of frames, whatever they carry. */
    public enum Volume {
        FRAMES,
        /** Of the text, in UTF-8. */
        BYTES,
        /** Sends that ended in an exception or an error. */
        FAILURES
    }

    private final Counts<Volume> volume = new Counts<>(Volume.class);
    private final Counts<Channel> updates = new Counts<>(Channel.class);
    private final Counts<Channel> snapshots = new Counts<>(Channel.class);
    private final Counts<Channel> merged = new Counts<>(Channel.class);
    private final Counts<Gap.Why> gaps = new Counts<>(Gap.Why.class);
    private final Counts<Reason> errors = new Counts<>(Reason.class);
    private final Ages ages = new Ages();

    Traffic() {}

    /**
     * A frame is handed to the container.
     *
     * @param message of which it is
     * @param first the first of the message's rows that is in it
     * @param end the first that is not
     * @param told what its client has been sent, by whose sender alone it is counted
     */
    void count(Frame frame, Message message, int first, int end, Counts<Told> told) {
        volume.add(Volume.FRAMES, 1);
        volume.add(Volume.BYTES, frame.length());
        if (message instanceof UpdateMessage update) {
            updates.add(update.channel(), end - first);
            long more = more(update.rows(), first, end);
            merged.add(update.channel(), more);
            told.add(Told.ROWS, end - first);
            told.add(Told.MERGED, more);
        } else if (message instanceof Snapshot snapshot) {
            snapshots.add(snapshot.channel(), end - first);
            told.add(Told.ROWS, end - first);
        } else if (message instanceof Gap gap) {
            gaps.add(gap.reason(), 1);
            told.add(Told.GAPS, 1);
        } else if (message instanceof ErrorMessage error) {
            errors.add(error.reason(), 1);
        }
    }

    /** How many events rows stand for besides one each. */
    private static long more(List<Row> rows, int first, int end) {
        long more = 0;
        for (int i = first; i < end; i++) {
            more += rows.get(i).update().n() - 1;
        }
        return more;
    }

    /** Rows of what has just happened leave. */
    void age(List<Row> rows, int first, int end, long now) {
        long sum = 0;
        int place = 0;
        int count = 0;
        for (int i = first; i < end; i++) {
            long age = now - rows.get(i).published();
            sum += age;
            int its = Ages.place(age);
            if (its == place) {
                count++;
            } else {
                ages.add(place, count);
                place = its;
                count = 1;
            }
        }
        ages.add(place, count);
        ages.addNanos(sum);
    }

    /** A send ended in an exception or an error, and its connection with it. */
    void failed() {
        volume.add(Volume.FAILURES, 1);
    }

    /** Frames, the bytes in them, and how often sending failed. */
    public Counts<Volume> volume() {
        return volume;
    }

    /** Rows of updates. */
    public Counts<Channel> updates() {
        return updates;
    }

    /** Rows of snapshots. */
    public Counts<Channel> snapshots() {
        return snapshots;
    }

    /** Events that rows of updates stood for besides one each. */
    public Counts<Channel> merged() {
        return merged;
    }

    /** Gaps that clients were told of. */
    public Counts<Gap.Why> gaps() {
        return gaps;
    }

    /** Errors that clients were told of. */
    public Counts<Reason> errors() {
        return errors;
    }

    /** How old the newest event of each row was that was sent as it came. */
    public Ages ages() {
        return ages;
    }
}
