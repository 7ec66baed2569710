package tickerplant.market;

import java.util.ArrayList;
import java.util.List;

/** The bars of one symbol, of every interval. Owned by the market thread. */
final class Bars {
    private static final Interval[] INTERVALS = Interval.values();

    private final BarSeries[] series = new BarSeries[INTERVALS.length];
    private final Instrument instrument;
    /** The day that was asked for last: calendars are asked once a day, not once a trade. */
    private Span day = new Span(0, 0);

    Bars(Listing listing, Market.Listener listener, OpenBars open, BarRoom room) {
        this.instrument = listing.instrument();
        for (int i = 0; i < INTERVALS.length; i++) {
            Channel channel = Channel.bars(INTERVALS[i]);
            BarLog log = new BarLog(instrument, channel, room.log(INTERVALS[i]));
            series[i] = new BarSeries(listing, channel, listener, open, log);
        }
    }

    void restore(List<SeriesState> states) {
        states.forEach(state -> of(state.interval()).restore(state));
    }

    /** Goes on where it was on another machine, with all bars that can still be corrected. */
    void recall(List<SeriesState> states, List<RememberedSeries> remembered, Tape tape) {
        states.forEach(state -> remembered.stream()
                .filter(each -> each.interval() == state.interval())
                .forEach(each -> of(state.interval()).recall(state, each, tape)));
    }

    List<RememberedSeries> remembered() {
        List<RememberedSeries> remembered = new ArrayList<>(INTERVALS.length);
        for (int i = 0; i < INTERVALS.length; i++) {
            remembered.add(series[i].remembered(INTERVALS[i]));
        }
        return remembered;
    }

    List<SeriesState> state() {
        List<SeriesState> states = new ArrayList<>(INTERVALS.length);
        for (int i = 0; i < INTERVALS.length; i++) {
            states.add(series[i].state(INTERVALS[i]));
        }
        return states;
    }

    /** Whether one more trade keeps the volume of every bar far from overflowing; the day's bar has the most. */
    boolean hasRoomFor(Trade trade) {
        BarSeries days = of(Interval.DAY);
        long volume = days.isCurrent(trade)
                ? days.currentVolume()
                : days.volume(span(Interval.DAY, trade.ts()).start());
        return volume + trade.size() < Decimal.LIMIT;
    }

    /**
     * Folds a trade into its bar of each interval.
     *
     * @param limit how many bars of each interval are kept, at least 2
     * @return whether all of them were still here
     */
    boolean add(Trade trade, int limit) {
        boolean complete = true;
        for (int i = 0; i < INTERVALS.length; i++) {
            if (series[i].isCurrent(trade)) {
                series[i].addToCurrent(trade);
            } else {
                complete &= series[i].add(trade, span(INTERVALS[i], trade.ts()), limit);
            }
        }
        return complete;
    }

    /** A trade leaves the tape: it can't be taken back any more. */
    void leavesTape(Trade trade) {
        for (int i = 0; i < INTERVALS.length; i++) {
            if (series[i].isCurrent(trade)) {
                series[i].leavesTapeFromCurrent(trade);
            } else {
                series[i].leavesTape(trade, span(INTERVALS[i], trade.ts()).start());
            }
        }
    }

    /** A new tape begins: nothing that was traded until now can be taken back any more. */
    void leavesTape() {
        for (BarSeries each : series) {
            each.leavesTape();
        }
    }

    /** Corrects the bars of a trade that was taken back; answers whether all of them were still here. */
    boolean takeBack(Trade trade, Tape tape) {
        boolean complete = true;
        for (int i = 0; i < INTERVALS.length; i++) {
            complete &= series[i].takeBack(span(INTERVALS[i], trade.ts()).start(), tape);
        }
        return complete;
    }

    /** Time has reached a moment for this symbol. */
    void pass(long ts) {
        for (BarSeries each : series) {
            each.pass(ts);
        }
    }

    Update standing(Interval interval) {
        return of(interval).standing();
    }

    List<BarUpdate> recent(Interval interval) {
        return of(interval).recent();
    }

    KeptBars kept(Interval interval) {
        return of(interval).kept();
    }

    BarsSince since(Interval interval, long seq) {
        return of(interval).since(seq);
    }

    private BarSeries of(Interval interval) {
        int at = 0;
        while (INTERVALS[at] != interval) {
            at++;
        }
        return series[at];
    }

    private Span span(Interval interval, long ts) {
        if (interval != Interval.DAY) {
            return Span.around(ts, interval);
        }
        if (!day.contains(ts)) {
            day = Span.day(ts, instrument.zone());
        }
        return day;
    }
}
