package tickerplant.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tickerplant.feed.EventTarget;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;
import tickerplant.market.Listing;
import tickerplant.market.ListingState;
import tickerplant.market.LogEntry;
import tickerplant.market.Market;
import tickerplant.market.SeriesState;
import tickerplant.market.TimePassed;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;

/**
 * One recording on its way into the journal. It happens in a market of its own, which numbers what it tells and makes its bars;
 * from the same recording that always comes out the same, so that after an interruption what has its place is passed over.
 * For one thread.
 */
public final class Import implements EventTarget, Market.Listener {
    private static final int TAPE = 100_000;
    private static final int BARS = 400_000;
    /** A full block is stored, and so many events at once. */
    private static final int BLOCK = 256;

    static final int COMMIT = 32_768;
    /** However many symbols there are, no more than that waits in memory. */
    private static final int WAITING = 262_144;

    private final Store store;
    private final Found found;
    private final Epoch epoch;
    private final int commit;
    private final ImportedBars bars;
    private final Market market = new Market(this, TAPE, BARS);
    private final Shelf shelf = new Shelf();
    /** Of each symbol's channels, how much of it is on the shelf. */
    private final Map<Integer, Integer> waiting = new HashMap<>();

    private final Set<Integer> touched = new HashSet<>();
    private final Set<String> feeds = new HashSet<>();
    private int[] sids = new int[64];
    private int nextSid;
    private int waitingInAll;
    private int uncommitted;
    private long trades;
    private long others;
    private long refused;

    /**
     * It begins.
     *
     * @param commit after so many events what is there is there for good
     */
    Import(Store store, Found found, Epoch epoch, int commit) {
        this.commit = commit;
        this.store = store;
        this.found = found;
        this.epoch = epoch;
        this.bars = new ImportedBars(store, epoch.eid());
        nextSid = found.sids.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    }

    /** Its epoch. */
    public String epoch() {
        return epoch.name();
    }

    /** How many trades it has told. */
    public long trades() {
        return trades;
    }

    /** How many phases, news, and trades taken back it has told. */
    public long others() {
        return others;
    }

    /** How many events made no sense in its market. */
    public long refused() {
        return refused;
    }

    /** How many trades came so late that one of their bars is without them. */
    public long missedBars() {
        return market.missedBars();
    }

    /**
     * The next entry.
     *
     * @throws UncheckedIOException where it can't be stored
     */
    @Override
    public void publish(LogEntry entry) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (entry instanceof TimePassed time) {
            feeds.add(time.feed());
        }
        market.apply(entry);
        if (waitingInAll >= WAITING || uncommitted >= commit) {
            try {
                write();
            } catch (SQLException e) {
                throw new UncheckedIOException(Backfill.failed(e));
            }
        }
    }

    private void write() throws SQLException {
        boolean all = waitingInAll >= WAITING;
        for (int sid : List.copyOf(waiting.keySet())) {
            if (all || waiting.get(sid) >= BLOCK) {
                settle(sid);
            }
        }
        store.commit();
        uncommitted = 0;
    }

    private void settle(int sid) throws SQLException {
        for (Channel channel : Codes.CHANNELS) {
            store.shelve(sid, channel, epoch.eid(), shelf.events(sid, channel));
        }
        for (Channel channel : List.of(Channel.BARS_1M, Channel.BARS_1D)) {
            for (BarUpdate bar : shelf.bars(sid, channel)) {
                bars.add(sid, bar);
            }
        }
        shelf.clear(List.of(sid));
        waitingInAll -= waiting.remove(sid);
    }

    /** The recording is over: what is left is stored, and the whole is there for good. */
    public void finish() throws IOException {
        feeds.forEach(feed -> market.apply(new TimePassed(feed, Long.MAX_VALUE)));
        try {
            for (int sid : List.copyOf(waiting.keySet())) {
                settle(sid);
            }
            bars.rollDays();
            for (int sid : touched) {
                store.symbol(sid, found.state(sid).orElseThrow());
            }
            Epoch imported = epoch.in(Epoch.State.IMPORTED);
            store.epoch(imported);
            store.commit();
            found.epochs.replaceAll(each -> each.eid() == imported.eid() ? imported : each);
        } catch (SQLException e) {
            throw Backfill.failed(e);
        }
    }

    @Override
    public void listed(Listing listing) {
        if (listing.index() >= sids.length) {
            sids = Arrays.copyOf(sids, 2 * listing.index());
        }
        feeds.add(listing.feed());
        Integer known = found.sids.get(listing.instrument().symbol());
        sids[listing.index()] = known == null ? 0 : known;
    }

    /** The symbol's number; of a new one the journal hears with the first that is stored of it. */
    private int sid(Listing listing) {
        int sid = sids[listing.index()];
        Instrument instrument = listing.instrument();
        if (sid == 0) {
            sid = nextSid++;
            sids[listing.index()] = sid;
            found.sids.put(instrument.symbol(), sid);
        }
        if (touched.add(sid) && !found.states.containsKey(sid)) {
            ListingState unheard = ListingState.unheard(instrument);
            found.states.put(sid, unheard);
            try {
                store.symbol(sid, unheard);
            } catch (SQLException e) {
                throw new UncheckedIOException(Backfill.failed(e));
            }
        }
        return sid;
    }

    @Override
    public void updated(Listing listing, Update update, Update standing) {
        if (EventBytes.isStored(update.channel())) {
            int sid = sid(listing);
            shelf.put(sid, update.channel(), new Entry.Told(sid, 0, update));
            waits(sid);
            if (update instanceof TradeUpdate) {
                trades++;
            } else {
                others++;
            }
        }
    }

    @Override
    public void closed(Listing listing, BarUpdate update) {
        Interval interval = update.channel().interval().orElseThrow();
        if (interval == Interval.SECOND) {
            return;
        }
        int sid = sid(listing);
        ListingState state = found.state(sid).orElseThrow();
        if (interval == Interval.MINUTE || interval == Interval.DAY) {
            if (isUnderWay(state, interval, update.bar().start())) {
                return;
            }
            shelf.put(sid, update);
            waits(sid);
            bars.isOf(sid, listing.instrument());
        }
        found.states.put(
                sid, state.withEarlierBars(Map.of(interval, update.bar().start())));
    }

    /** What live prices go on building is theirs. */
    private static boolean isUnderWay(ListingState state, Interval interval, long start) {
        for (SeriesState series : state.bars()) {
            if (series.interval() == interval
                    && series.bars().stream().anyMatch(each -> each.bar().start() == start)) {
                return true;
            }
        }
        return false;
    }

    private void waits(int sid) {
        waiting.merge(sid, 1, Integer::sum);
        waitingInAll++;
        uncommitted++;
    }

    @Override
    public boolean hears(Listing listing, Channel channel) {
        return false;
    }

    @Override
    public void refused(Event event, String reason) {
        refused++;
    }
}
