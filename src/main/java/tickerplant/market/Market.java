package tickerplant.market;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The state of the market: numbers each event of the log by its place in its key's log, folds it into the last values, and
 * tells what changed. Owned by the market thread; the same events in the same order give the same numbers everywhere.
 */
public final class Market {
    /** Hears of every change, on the market thread. */
    public interface Listener {
        /** A symbol is new, or the first phase or news of the whole market is to come. */
        void listed(Listing listing);

        /**
         * Something changed.
         *
         * @param listing of whom
         * @param update the change
         * @param standing what somebody who comes new should be shown after it
         */
        void updated(Listing listing, Update update, Update standing);

        /**
         * Whether anybody hears the bars of this listing and channel. Where nobody does, their changes are numbered but not
         * told, because each trade changes six bars.
         */
        boolean hears(Listing listing, Channel channel);

        /**
         * A bar was told final, or told again because it was corrected, whether or not anybody hears its channel.
         *
         * @param update the bar
         */
        default void closed(Listing listing, BarUpdate update) {
            // most listeners are content with what they hear
        }

        /** An event that makes no sense in the state that the market is in; it takes no sequence. */
        void refused(Event event, String reason);
    }

    private static final int SHARED_TRADES = 128;
    private static final int SHARED_BARS = 8;

    private final Map<Symbol, Listing> listings = new HashMap<>();
    private final Listener listener;
    private final TapeRoom room;
    private final BarRoom barRoom;
    /** Each feed has a time of its own, and each lane of the log hears of it by itself. */
    private final Map<Time, OpenBars> openBars = new HashMap<>();

    private record Time(String feed, int lane) {}

    /** What symbols were before a restart that have not been listed since. */
    private final Map<Symbol, Dormant> before = new LinkedHashMap<>();

    private final Set<String> replays = new HashSet<>();
    private final LongAdder missedBars = new LongAdder();

    /** An empty market that keeps as many recent bars as trades. */
    public Market(Listener listener, int tapeBudget) {
        this(listener, tapeBudget, tapeBudget);
    }

    /**
     * An empty market.
     *
     * @param tapeBudget how many recent trades are kept in all, so that they can be taken back
     * @param barBudget how many recent bars are kept in all, so that they can be corrected, and how many that were told
     *     final are remembered as they were; of each symbol and interval at least 2 are kept
     */
    public Market(Listener listener, int tapeBudget, int barBudget) {
        this(listener, new TapeRoom(tapeBudget), new BarRoom(barBudget));
    }

    private Market(Listener listener, TapeRoom room, BarRoom barRoom) {
        this.listener = listener;
        this.room = room;
        this.barRoom = barRoom;
    }

    /**
     * An empty market of one of several machines: what can still be corrected of a symbol follows from the symbol's own entries
     * alone, as it must where each machine hears the symbols in an order of its own. It is {@value #SHARED_TRADES} trades, and
     * {@value #SHARED_BARS} bars of each interval.
     *
     * @param barBudget how many bars that were told final are remembered as they were
     */
    public static Market shared(Listener listener, int barBudget) {
        return new Market(listener, TapeRoom.each(SHARED_TRADES), BarRoom.each(SHARED_BARS, barBudget));
    }

    /**
     * What symbols were before a restart: each goes on from there once it is listed. For the market thread, before the first
     * entry.
     */
    public void restore(Collection<? extends Dormant> states) {
        states.forEach(state -> before.put(state.symbol(), state));
    }

    /** The symbols of this feed, which is a replay, go on counting and begin anew in all else. For the market thread. */
    public void beginAnew(String feed) {
        replays.add(feed);
    }

    /** Lists what a feed named before a restart and none has since. For the market thread. */
    public void listRestored() {
        for (Dormant each : List.copyOf(before.values())) {
            if (each.isNamed()) {
                list(new Listed(each.instrument(), each.feed(), Decimal.ABSENT, 0), 0);
            }
        }
    }

    /** The listing of a symbol, where it is known. */
    public Optional<Listing> listing(Symbol symbol) {
        return Optional.ofNullable(listings.get(symbol));
    }

    /** How many trades came, or were taken back, too late for at least one of their bars. May be asked by any thread. */
    public long missedBars() {
        return missedBars.sum();
    }

    /**
     * Lists what was known elsewhere, and goes on where it was there, to the last correction. For the market thread.
     *
     * @param lane the lane of the log that its entries stand in
     */
    public void recall(Remembered remembered, int lane) {
        ListingState state = remembered.state();
        list(
                new Listed(state.instrument(), state.feed(), Decimal.ABSENT, 0),
                lane,
                listing -> listing.recall(remembered));
    }

    /** Takes the next entry of a log that has one lane. */
    public void apply(LogEntry entry) {
        apply(entry, 0);
    }

    /**
     * Takes the next entry of a lane of the log.
     *
     * @param lane the lane; all entries of a symbol stand in the same one, and time passes in each by itself
     */
    public void apply(LogEntry entry, int lane) {
        if (entry instanceof Event event) {
            apply(event, lane);
        } else if (entry instanceof TimePassed time) {
            OpenBars open = openBars.get(new Time(time.feed(), lane));
            if (open != null) {
                open.pass(time.ts());
            }
        }
    }

    private void apply(Event event, int lane) {
        if (event instanceof Listed listed && !listed.symbol().isWholeMarket()) {
            list(listed, lane);
            return;
        }
        Listing listing = event.symbol().isWholeMarket() ? wholeMarket(event, lane) : listings.get(event.symbol());
        if (listing == null) {
            listener.refused(event, "symbol is not listed");
        } else if (event instanceof Quote quote) {
            ticker(listing, listing.quoted(quote));
        } else if (event instanceof Trade trade) {
            trade(listing, trade);
        } else if (event instanceof Cancel cancel) {
            cancel(listing, cancel);
        } else if (event instanceof Status status) {
            StatusUpdate update = listing.changed(status);
            listener.updated(listing, update, update);
        } else if (event instanceof News news) {
            NewsUpdate update = listing.told(news);
            listener.updated(listing, update, update);
        } else if (event instanceof Loss loss) {
            LossUpdate update = listing.lost(loss);
            listener.updated(listing, update, listing.lastTrade());
        } else if (event instanceof DayRoll roll) {
            ticker(listing, listing.rolled(roll));
            listing.closeBars(roll.ts());
        }
    }

    /** The listing of what concerns everybody, made when it is first needed; null where the event is not of that kind. */
    private Listing wholeMarket(Event event, int lane) {
        if (!(event instanceof Status) && !(event instanceof News)) {
            return null;
        }
        list(new Listed(Instrument.WHOLE_MARKET, "", Decimal.ABSENT, event.ts()), lane);
        return listings.get(Symbol.WHOLE_MARKET);
    }

    private void list(Listed listed, int lane) {
        list(listed, lane, listing -> {
            Dormant dormant = before.remove(listed.symbol());
            if (dormant != null) {
                listing.restore(restored(dormant.state(), listed));
            }
        });
    }

    private void list(Listed listed, int lane, Consumer<Listing> beginning) {
        if (listings.containsKey(listed.symbol())) {
            return;
        }
        Listing listing = new Listing(
                listed,
                listings.size(),
                room,
                listener,
                openBars.computeIfAbsent(new Time(listed.feed(), lane), time -> new OpenBars()),
                barRoom);
        listings.put(listed.symbol(), listing);
        beginning.accept(listing);
        barRoom.listed();
        listener.listed(listing);
    }

    private ListingState restored(ListingState state, Listed listed) {
        if (replays.contains(listed.feed())) {
            return state.begunAnew(listed);
        }
        return state.counts(listed.instrument())
                ? state.of(listed)
                : state.begunAnew(listed).withEarlierBars(state.latestBars());
    }

    private void trade(Listing listing, Trade trade) {
        if (!listing.hasRoomFor(trade)) {
            listener.refused(trade, "size would take the day's volume out of bounds");
            return;
        }
        TradeUpdate update = listing.traded(trade);
        ticker(listing, listing.ticker());
        listener.updated(listing, update, update);
        if (!listing.addToBars(trade)) {
            missedBars.increment();
        }
    }

    private void cancel(Listing listing, Cancel cancel) {
        Optional<TradeUpdate> trade = listing.takeBack(cancel);
        if (trade.isEmpty()) {
            listener.refused(cancel, "the trade is not known, or was taken back before");
            return;
        }
        CancelUpdate update = listing.cancelled(cancel, trade.get());
        ticker(listing, listing.ticker());
        listener.updated(listing, update, listing.lastTrade());
        if (!listing.takeFromBars(trade.get().trade())) {
            missedBars.increment();
        }
    }

    private void ticker(Listing listing, TickerUpdate update) {
        listener.updated(listing, update, update);
    }
}
