package tickerplant.market;

import static tickerplant.market.Decimal.ABSENT;

import java.util.List;
import java.util.Optional;

/** One symbol's place in the market: its last values and its sequences. Changed by the market thread alone. */
public final class Listing {
    private final Instrument instrument;
    private final String feed;
    private final int index;
    private TickerUpdate ticker;
    private long tradesSeq;
    private long statusSeq;
    private final TapeRoom room;
    private long newsSeq;
    private Update status;
    private Update news;
    /** What the trades channel showed before a restart, until something else can be shown. */
    private Update tradeBefore;

    private Tape tape;
    private final Market.Listener listener;
    private final OpenBars openBars;
    private final BarRoom barRoom;
    /** Its bars; null before its first trade, because most symbols of a large market never have one. */
    private Bars bars;

    Listing(Listed listed, int index, TapeRoom room, Market.Listener listener, OpenBars openBars, BarRoom barRoom) {
        this.listener = listener;
        this.openBars = openBars;
        this.barRoom = barRoom;
        this.instrument = listed.instrument();
        this.feed = listed.feed();
        this.index = index;
        this.ticker = TickerUpdate.none(instrument, listed.prevClose());
        this.room = room;
        this.tape = new Tape(ticker.ticker().day(), room);
        this.status = new NothingYet(instrument, Channel.STATUS, 0);
        this.news = new NothingYet(instrument, Channel.NEWS, 0);
        this.tradeBefore = new NothingYet(instrument, Channel.TRADES, 0);
    }

    /** Goes on where it was before a restart. */
    void restore(ListingState state) {
        ticker = state.ticker();
        tradesSeq = state.trade().seq();
        statusSeq = state.status().seq();
        newsSeq = state.news().seq();
        tradeBefore = state.trade();
        status = state.status();
        news = state.news();
        tape = new Tape(ticker.ticker().day(), room);
        if (!state.bars().isEmpty()) {
            bars().restore(state.bars());
        }
    }

    /** Goes on where it was on another machine, with what can still be corrected. */
    void recall(Remembered remembered) {
        ListingState state = remembered.state();
        ticker = state.ticker();
        tradesSeq = state.trade().seq();
        statusSeq = state.status().seq();
        newsSeq = state.news().seq();
        status = state.status();
        news = state.news();
        tape = new Tape(remembered.tape(), room);
        tradeBefore = tape.isEmpty() ? state.trade() : tradeBefore;
        if (!remembered.series().isEmpty()) {
            bars().recall(state.bars(), remembered.series(), tape);
        }
    }

    /** All that another machine needs to go on from here, to the last correction. For the market thread alone. */
    public Remembered remembered() {
        return new Remembered(state(), tape.state(), bars == null ? List.of() : bars.remembered());
    }

    /** All that it takes to go on after a restart. For the market thread alone. */
    public ListingState state() {
        return new ListingState(
                instrument, feed, ticker, lastTrade(), status, news, bars == null ? List.of() : bars.state());
    }

    /** What a channel but those of bars shows to somebody who comes new. For the market thread alone. */
    public Update standing(Channel channel) {
        return switch (channel) {
            case TICKER -> ticker;
            case TRADES -> lastTrade();
            case STATUS -> status;
            case NEWS -> news;
            default -> throw new IllegalArgumentException("a channel of bars: " + channel);
        };
    }

    /** What is listed. */
    public Instrument instrument() {
        return instrument;
    }

    /** The name of the feed that the symbol belongs to. */
    public String feed() {
        return feed;
    }

    /** Its number in the market: 0, 1, 2 … in the order of listing. */
    public int index() {
        return index;
    }

    /** What the ticker channel shows of it. */
    public TickerUpdate ticker() {
        return ticker;
    }

    /** What the channel of an interval's bars shows to somebody who comes new. For the market thread alone. */
    public Update standingBar(Interval interval) {
        return bars == null ? new NothingYet(instrument, Channel.bars(interval), 0) : bars.standing(interval);
    }

    /** The newest bars, each at the sequence at which it was last told, the oldest first. For the market thread alone. */
    public List<BarUpdate> recentBars(Interval interval) {
        return bars == null ? List.of() : bars.recent(interval);
    }

    /** All bars of an interval that are remembered. For the market thread alone. */
    public KeptBars keptBars(Interval interval) {
        return bars == null ? KeptBars.none(instrument, Channel.bars(interval)) : bars.kept(interval);
    }

    /**
     * What was told of an interval's bars after a sequence, as far as it is remembered: final bars one by one, the updates of
     * an open one as one. For the market thread alone.
     *
     * @param seq up to where the bars are known; not beyond that of {@link #standingBar}
     */
    public BarsSince barsSince(Interval interval, long seq) {
        return bars == null ? new BarsSince(seq, List.of()) : bars.since(interval, seq);
    }

    TickerUpdate quoted(Quote quote) {
        Ticker before = ticker.ticker();
        return moved(new Ticker(quote, before.day(), quote.ts()), ABSENT);
    }

    boolean hasRoomFor(Trade trade) {
        return ticker.ticker().day().hasRoomFor(trade) && (bars == null || bars.hasRoomFor(trade));
    }

    TradeUpdate traded(Trade trade) {
        TradeUpdate update = new TradeUpdate(instrument, ++tradesSeq, trade);
        tape.add(update, bars()::leavesTape);
        Ticker before = ticker.ticker();
        moved(new Ticker(before.quote(), before.day().with(trade), trade.ts()), trade.price());
        return update;
    }

    /** Folds a trade into the bars, after it was told by itself; answers whether all of its bars were still here. */
    boolean addToBars(Trade trade) {
        return bars().add(trade, barRoom.limit());
    }

    /** Finds a trade that is to be taken back; empty where it isn't known, or was taken back before. */
    Optional<TradeUpdate> takeBack(Cancel cancel) {
        return tape.cancel(cancel.tradeId());
    }

    /** Takes a trade out of the day's figures. */
    CancelUpdate cancelled(Cancel cancel, TradeUpdate trade) {
        moved(new Ticker(ticker.ticker().quote(), tape.day(), cancel.ts()), ABSENT);
        return new CancelUpdate(instrument, ++tradesSeq, trade.seq(), cancel.ts());
    }

    LossUpdate lost(Loss loss) {
        return new LossUpdate(instrument, ++tradesSeq, loss.ts());
    }

    /** Takes a trade out of the bars; answers whether all of its bars were still here. */
    boolean takeFromBars(Trade trade) {
        return bars().takeBack(trade, tape);
    }

    /** What the trades channel shows to somebody who comes new: the last trade that stands, at the newest sequence. */
    Update lastTrade() {
        Optional<Trade> last = tape.last();
        if (last.isPresent()) {
            return new TradeUpdate(instrument, tradesSeq, last.get());
        }
        return tradeBefore.seq() == tradesSeq ? tradeBefore : new NothingYet(instrument, Channel.TRADES, tradesSeq);
    }

    StatusUpdate changed(Status event) {
        StatusUpdate update = new StatusUpdate(instrument, ++statusSeq, 1, event);
        status = update;
        return update;
    }

    NewsUpdate told(News event) {
        NewsUpdate update = new NewsUpdate(instrument, ++newsSeq, event);
        news = update;
        return update;
    }

    TickerUpdate rolled(DayRoll roll) {
        Day next = ticker.ticker().day().next();
        tape.end();
        tape = new Tape(next, room);
        if (bars != null) {
            bars.leavesTape();
        }
        return moved(new Ticker(ticker.ticker().quote(), next, roll.ts()), ABSENT);
    }

    /** Closes the bars that end by then. */
    void closeBars(long ts) {
        if (bars != null) {
            bars.pass(ts);
        }
    }

    private Bars bars() {
        if (bars == null) {
            bars = new Bars(this, listener, openBars, barRoom);
        }
        return bars;
    }

    private TickerUpdate moved(Ticker after, long printed) {
        ticker = new TickerUpdate(
                instrument, ticker.seq() + 1, 1, printed, printed, after.changedSince(ticker.ticker()), after);
        return ticker;
    }
}
