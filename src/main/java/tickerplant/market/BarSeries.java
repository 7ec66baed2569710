package tickerplant.market;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bars of one symbol and one interval: the current one, and a bounded number before it, which late trades and trades
 * taken back may still correct. It numbers what it tells, whether or not anybody hears it. Owned by the market thread.
 *
 * <p>A bar is told from its first price on; until then its volume waits. What was told once is told again with every change.
 */
final class BarSeries {
    private static final int FIRST_ROOM = 2;

    private final Listing listing;
    private final Channel channel;
    private final Market.Listener listener;
    private final OpenBars open;
    private final BarLog log;
    /** In the order of their start; only the last may be open. */
    private RecentBar[] bars = new RecentBar[FIRST_ROOM];

    private int count;
    /** The last of them; null where there is none. Nearly every trade falls into it. */
    private RecentBar current;

    private long seq;
    /** Up to this start, bars that are not here may have been forgotten. */
    private long forgotten = Long.MIN_VALUE;

    BarSeries(Listing listing, Channel channel, Market.Listener listener, OpenBars open, BarLog log) {
        this.listing = listing;
        this.channel = channel;
        this.listener = listener;
        this.open = open;
        this.log = log;
    }

    /** Goes on where it was before a restart. */
    void restore(SeriesState state) {
        seq = state.seq();
        log.restore(state);
        forgotten = state.finalStart();
        for (BarState each : state.bars()) {
            RecentBar bar = new RecentBar(each);
            insert(count, bar);
            current = bar;
            forgotten = Math.max(forgotten, bar.start - 1);
            if (!bar.isClosed()) {
                open.opened(this, bar.end);
            }
        }
    }

    /** Goes on where it was on another machine, with all bars that can still be corrected. */
    void recall(SeriesState state, RememberedSeries remembered, Tape tape) {
        seq = state.seq();
        log.restore(state);
        forgotten = remembered.forgotten();
        for (RememberedSeries.Kept kept : remembered.bars()) {
            RecentBar bar = new RecentBar(kept, tape);
            insert(count, bar);
            current = bar;
            if (!bar.isClosed()) {
                open.opened(this, bar.end);
            }
        }
    }

    RememberedSeries remembered(Interval interval) {
        List<RememberedSeries.Kept> kept = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            kept.add(bars[i].kept());
        }
        return new RememberedSeries(interval, forgotten, kept);
    }

    SeriesState state(Interval interval) {
        List<BarState> states = new ArrayList<>(2);
        for (int i = Math.max(0, newestTold()); i < count; i++) {
            states.add(bars[i].state());
        }
        return new SeriesState(interval, seq, log.finalSeq(), log.finalStart(), states);
    }

    /** Whether the trade falls into the current bar. */
    boolean isCurrent(Trade trade) {
        return current != null && current.contains(trade.ts());
    }

    /** Folds a trade into the current bar. */
    void addToCurrent(Trade trade) {
        add(current, trade);
    }

    /**
     * Folds a trade into the bar of a span: a later one than the current begins, an earlier one is corrected.
     *
     * @return whether there is such a bar; one that has been forgotten is left alone
     */
    boolean add(Trade trade, Span span, int limit) {
        int at = find(span.start());
        if (at >= 0) {
            add(bars[at], trade);
            return true;
        }
        int place = -at - 1;
        if (place < count && (span.start() <= forgotten || (place == 0 && count >= limit))) {
            return false;
        }
        RecentBar bar = new RecentBar(span.start(), span.end());
        if (place == count) {
            if (current != null) {
                close(current);
            }
            current = bar;
            open.opened(this, bar.end);
        } else {
            bar.close();
        }
        insert(place, bar);
        while (count > limit) {
            forget();
        }
        add(bar, trade);
        return true;
    }

    private void add(RecentBar bar, Trade trade) {
        bar.add(trade);
        changed(bar);
    }

    long currentVolume() {
        return current.volume();
    }

    /** The volume of the bar that begins then; 0 where there is none. */
    long volume(long start) {
        int at = find(start);
        return at < 0 ? 0 : bars[at].volume();
    }

    /** Time has reached a moment. */
    void pass(long ts) {
        if (current != null && current.end <= ts) {
            close(current);
        }
    }

    private void close(RecentBar bar) {
        if (!bar.isClosed()) {
            bar.close();
            if (bar.toldSeq > 0) {
                tell(bar);
            }
        }
    }

    /** A trade of the current bar leaves the tape. */
    void leavesTapeFromCurrent(Trade trade) {
        current.leavesTape(trade);
    }

    /** A trade of the bar that begins then leaves the tape. */
    void leavesTape(Trade trade, long start) {
        int at = find(start);
        if (at >= 0) {
            bars[at].leavesTape(trade);
        }
    }

    /** A new tape begins. */
    void leavesTape() {
        for (int i = 0; i < count; i++) {
            bars[i].leavesTape();
        }
    }

    /** A trade of the bar that begins then was taken back; answers whether the bar is still here to be corrected. */
    boolean takeBack(long start, Tape tape) {
        int at = find(start);
        if (at < 0) {
            return false;
        }
        bars[at].refold(tape);
        changed(bars[at]);
        return true;
    }

    /** What somebody who comes new should be shown: the newest bar that was told, as it is now. */
    Update standing() {
        int at = newestTold();
        return at < 0
                ? new NothingYet(listing.instrument(), channel, seq)
                : new BarUpdate(listing.instrument(), channel, seq, 1, bars[at].bar());
    }

    /** The bars that were told, each at the sequence at which it was last, the oldest first. */
    List<BarUpdate> recent() {
        List<BarUpdate> recent = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (bars[i].toldSeq > 0) {
                recent.add(new BarUpdate(listing.instrument(), channel, bars[i].toldSeq, 1, bars[i].bar()));
            }
        }
        return recent;
    }

    /** Everything that is remembered. */
    KeptBars kept() {
        return new KeptBars(listing.instrument(), channel, seq, log.kept(), recent(), forgotten);
    }

    /** What was told after a sequence, as far as it is remembered. */
    BarsSince since(long known) {
        BarsSince since = log.since(known);
        List<BarUpdate> updates = new ArrayList<>(since.updates());
        long reached = updates.isEmpty()
                ? since.after()
                : updates.get(updates.size() - 1).seq();
        if (seq > reached) {
            updates.add(new BarUpdate(listing.instrument(), channel, seq, seq - reached, current.bar()));
        }
        return new BarsSince(since.after(), updates);
    }

    private void changed(RecentBar bar) {
        if (bar.toldSeq > 0 || bar.hasPrice()) {
            tell(bar);
        }
    }

    private void tell(RecentBar bar) {
        bar.toldSeq = ++seq;
        boolean heard = listener.hears(listing, channel);
        if (!heard && !bar.isClosed()) {
            return;
        }
        Bar now = bar.bar();
        BarUpdate update = new BarUpdate(listing.instrument(), channel, seq, 1, now);
        if (bar.isClosed()) {
            log.closed(seq, now, current);
            listener.closed(listing, update);
        }
        if (heard) {
            listener.updated(listing, update, bar.start == bars[newestTold()].start ? update : standing());
        }
    }

    private int newestTold() {
        int at = count - 1;
        while (at >= 0 && bars[at].toldSeq == 0) {
            at--;
        }
        return at;
    }

    /** Where the bar is that begins then; where there is none, minus the place where it would be, minus one. */
    private int find(long start) {
        if (current == null || start > current.start) {
            return -count - 1;
        }
        int first = 0;
        int last = count - 1;
        while (first <= last) {
            int middle = (first + last) >>> 1;
            if (bars[middle].start < start) {
                first = middle + 1;
            } else if (bars[middle].start > start) {
                last = middle - 1;
            } else {
                return middle;
            }
        }
        return -first - 1;
    }

    private void insert(int place, RecentBar bar) {
        if (count == bars.length) {
            bars = Arrays.copyOf(bars, 2 * count);
        }
        System.arraycopy(bars, place, bars, place + 1, count - place);
        bars[place] = bar;
        count++;
    }

    /** The oldest goes, unless it is the one that newcomers are shown. */
    private void forget() {
        int at = newestTold() == 0 ? 1 : 0;
        forgotten = Math.max(forgotten, bars[at].start);
        System.arraycopy(bars, at + 1, bars, at, count - at - 1);
        bars[--count] = null;
    }
}
