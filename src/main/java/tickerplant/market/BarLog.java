package tickerplant.market;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Which bars of one symbol and interval were told final, each as it was then: with them, and the current bar, everything that
 * was told can be told again, the updates of an open bar being merged. Owned by the market thread.
 */
final class BarLog {
    /** A bar and the sequence at which it was told. */
    record RowMessages(long seq, Bar bar) {}

    private final Instrument instrument;
    private final Channel channel;
    private final Room room;
    private final Deque<RowMessages> told = new ArrayDeque<>(2);
    /** Up to this sequence everything is forgotten. */
    private long forgotten;
    /** When the latest of the bars began that were told final and are forgotten. */
    private long forgottenStart = Long.MIN_VALUE;
    /** The newest sequence that is here. */
    private long head;
    /** When the latest bar began that was told final. */
    private long finalStart = Long.MIN_VALUE;

    BarLog(Instrument instrument, Channel channel, Room room) {
        this.instrument = instrument;
        this.channel = channel;
        this.room = room;
    }

    /** What was told before a restart is forgotten. */
    void restore(SeriesState state) {
        forgotten = state.finalSeq();
        head = state.finalSeq();
        forgottenStart = state.finalStart();
        finalStart = state.finalStart();
    }

    /** The newest sequence at which a bar was told final. */
    long finalSeq() {
        return head;
    }

    /** When the latest bar began that was told final. */
    long finalStart() {
        return finalStart;
    }

    /**
     * A final bar was told.
     *
     * @param open where it is a correction: the open bar, as it was last told, or where there is none, the bar itself
     */
    void closed(long seq, Bar bar, RecentBar open) {
        // Else its updates would be taken for those of the bar that is told final now.
        if (!open.isClosed() && open.toldSeq > head) {
            add(open.toldSeq, open.bar());
        }
        add(seq, bar);
    }

    private void add(long seq, Bar bar) {
        told.addLast(new RowMessages(seq, bar));
        head = seq;
        if (bar.isFinal()) {
            finalStart = Math.max(finalStart, bar.start());
        }
        room.taken(this);
    }

    private void forget() {
        RowMessages oldest = told.removeFirst();
        forgotten = oldest.seq();
        if (oldest.bar().isFinal()) {
            forgottenStart = Math.max(forgottenStart, oldest.bar().start());
        }
    }

    /** What was told after a sequence, but for the open bar since the last final one. */
    BarsSince since(long seq) {
        long after = Math.max(seq, forgotten);
        List<BarUpdate> updates = new ArrayList<>();
        long reached = after;
        for (RowMessages each : told) {
            if (each.seq() <= reached) {
                continue;
            }
            if (!each.bar().isFinal()) {
                updates.add(new BarUpdate(instrument, channel, each.seq(), each.seq() - reached, each.bar()));
            } else {
                long before = each.seq() - 1;
                if (before > reached) {
                    updates.add(new BarUpdate(
                            instrument,
                            channel,
                            before,
                            before - reached,
                            each.bar().opened()));
                }
                updates.add(new BarUpdate(instrument, channel, each.seq(), 1, each.bar()));
            }
            reached = each.seq();
        }
        return new BarsSince(after, updates);
    }

    /** What was told final and is not forgotten. */
    Kept kept() {
        return new Kept(List.copyOf(told), forgotten, forgottenStart);
    }

    /**
     * What is in a log at one moment.
     *
     * @param told each bar at the sequence at which it was told, in that order
     * @param forgottenSeq up to this sequence everything is forgotten
     * @param forgottenStart when the latest of the forgotten bars began
     */
    record Kept(List<RowMessages> told, long forgottenSeq, long forgottenStart) {}

    /** How many bars all logs of one interval together may keep; the oldest of all gives way. */
    static final class Room {
        private final int budget;
        /** Whose each is, the oldest first. */
        private final Deque<BarLog> owners = new ArrayDeque<>();

        Room(int budget) {
            this.budget = budget;
        }

        private void taken(BarLog log) {
            owners.addLast(log);
            if (owners.size() > budget) {
                owners.removeFirst().forget();
            }
        }
    }
}
