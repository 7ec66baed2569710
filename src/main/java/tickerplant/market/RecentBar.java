package tickerplant.market;

import java.util.Optional;

/**
 * One bar that trades may still change. It knows what it was before the first of its trades that is still on the
 * {@linkplain Tape tape}, so that any trade that can be taken back can be taken out of it exactly. Changed by the market
 * thread alone.
 */
final class RecentBar {
    final long start;
    final long end;
    /** The sequence at which it was last told; 0 where it never was. */
    long toldSeq;

    private boolean closed;
    private BarFigures figures;
    /** How many of its trades are on the tape. */
    private int onTape;
    /** Its figures from the trades that have left the tape; null where it has none, and where none is on the tape. */
    private BarFigures offTape;

    RecentBar(long start, long end) {
        this.start = start;
        this.end = end;
        figures = new BarFigures();
    }

    /** A bar as it was before a restart; none of its trades can be taken back any more. */
    RecentBar(BarState state) {
        start = state.bar().start();
        end = state.end();
        toldSeq = state.toldSeq();
        closed = state.bar().isFinal();
        figures = new BarFigures(state);
    }

    /** A bar as it was on another machine, of which the tape has the trades that can be taken back. */
    RecentBar(RememberedSeries.Kept kept, Tape tape) {
        this(kept.bar());
        offTape = kept.offTape().map(BarFigures::new).orElse(null);
        tape.forEach(trade -> {
            if (contains(trade.ts())) {
                onTape++;
            }
        });
    }

    RememberedSeries.Kept kept() {
        return new RememberedSeries.Kept(
                state(),
                Optional.ofNullable(offTape)
                        .map(figures -> new BarState(
                                figures.bar(start, closed), end, toldSeq, figures.openTs(), figures.closeTs())));
    }

    BarState state() {
        return new BarState(bar(), end, toldSeq, figures.openTs(), figures.closeTs());
    }

    boolean contains(long ts) {
        return ts >= start && ts < end;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    boolean hasPrice() {
        return figures.hasPrice();
    }

    long volume() {
        return figures.volume();
    }

    Bar bar() {
        return figures.bar(start, closed);
    }

    /** A trade, which is on the tape now. */
    void add(Trade trade) {
        if (onTape == 0 && !figures.isEmpty()) {
            offTape = new BarFigures(figures);
        }
        onTape++;
        figures.add(trade);
    }

    /** One of its trades leaves the tape, the oldest that is on it. */
    void leavesTape(Trade trade) {
        if (--onTape == 0) {
            offTape = null;
            return;
        }
        if (offTape == null) {
            offTape = new BarFigures();
        }
        offTape.add(trade);
    }

    /** All of its trades leave the tape. */
    void leavesTape() {
        onTape = 0;
        offTape = null;
    }

    /** One of its trades has been taken back; the tape has the others that can be. */
    void refold(Tape tape) {
        figures = offTape == null ? new BarFigures() : new BarFigures(offTape);
        onTape = 0;
        tape.forEach(trade -> {
            if (contains(trade.ts())) {
                onTape++;
                figures.add(trade);
            }
        });
        if (onTape == 0) {
            offTape = null;
        }
    }
}
