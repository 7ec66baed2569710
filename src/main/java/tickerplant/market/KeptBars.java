package tickerplant.market;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The bars of one symbol and interval that are remembered, as they stood at one moment. It is taken in a short step on the
 * market thread, and looked through on any other. Immutable.
 */
public final class KeptBars {
    private final Instrument instrument;
    private final Channel channel;
    private final long seq;
    private final BarLog.Kept finals;
    private final List<BarUpdate> recent;
    private final long recentAfter;

    /**
     * What is remembered.
     *
     * @param seq the newest sequence
     * @param finals what was told final
     * @param recent the newest bars as they stand, which are the last word on each of them
     * @param recentAfter every bar that begins after that is among them
     */
    KeptBars(
            Instrument instrument,
            Channel channel,
            long seq,
            BarLog.Kept finals,
            List<BarUpdate> recent,
            long recentAfter) {
        this.instrument = instrument;
        this.channel = channel;
        this.seq = seq;
        this.finals = finals;
        this.recent = recent;
        this.recentAfter = recentAfter;
    }

    /** The bars of a symbol that had no trade yet. */
    static KeptBars none(Instrument instrument, Channel channel) {
        return new KeptBars(
                instrument, channel, 0, new BarLog.Kept(List.of(), 0, Long.MIN_VALUE), List.of(), Long.MIN_VALUE);
    }

    /** The newest sequence then. */
    public long seq() {
        return seq;
    }

    /** Whatever was told after this sequence is here. */
    public long wholeAfterSeq() {
        return finals.forgottenSeq();
    }

    /** Every bar that begins after this moment is here; before all moments where nothing is forgotten. */
    public long wholeAfterStart() {
        return Math.min(finals.forgottenStart(), recentAfter);
    }

    /**
     * The bars that begin in a span of time, each as it was last told and at the sequence of that, in the order of their start.
     *
     * @param from the earliest start, in microseconds since the epoch
     * @param to the moment before which they begin
     * @param afterSeq bars that were last told at this sequence or before are left out
     */
    public Collection<BarUpdate> between(long from, long to, long afterSeq) {
        NavigableMap<Long, BarUpdate> bars = new TreeMap<>();
        for (BarLog.RowMessages told : finals.told()) {
            if (told.bar().isFinal() && isBetween(told.bar(), from, to)) {
                bars.put(told.bar().start(), new BarUpdate(instrument, channel, told.seq(), 1, told.bar()));
            }
        }
        for (BarUpdate update : recent) {
            if (isBetween(update.bar(), from, to)) {
                bars.put(update.bar().start(), update);
            }
        }
        bars.values().removeIf(update -> update.seq() <= afterSeq);
        return bars.values();
    }

    private static boolean isBetween(Bar bar, long from, long to) {
        return bar.start() >= from && bar.start() < to;
    }
}
