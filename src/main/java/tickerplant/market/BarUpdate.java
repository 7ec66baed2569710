package tickerplant.market;

/**
 * A change of a bar: by a trade in it, by a trade taken back, or by its end.
 *
 * @param instrument whose
 * @param channel of which interval
 * @param seq of its newest event
 * @param n how many events it stands for
 * @param bar the bar after them
 */
public record BarUpdate(Instrument instrument, Channel channel, long seq, long n, Bar bar) implements Conflatable {
    @Override
    public BarUpdate merge(Conflatable next) {
        BarUpdate later = (BarUpdate) next;
        requireFollowedBy(later);
        if (!mayMerge(later)) {
            throw new IllegalArgumentException(
                    instrument.symbol() + " " + channel + " " + later.seq + ": another bar, or a final one");
        }
        return new BarUpdate(instrument, channel, later.seq, n + later.n, later.bar);
    }

    /** A final bar is told by itself, and so is every other bar. */
    @Override
    public boolean mayMerge(Conflatable next) {
        Bar later = ((BarUpdate) next).bar;
        return bar.start() == later.start() && !bar.isFinal() && !later.isFinal();
    }
}
