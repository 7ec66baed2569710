package tickerplant.market;

import static tickerplant.market.Decimal.ABSENT;

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
    private Tape tape;

    Listing(Listed listed, int index, TapeRoom room) {
        this.instrument = listed.instrument();
        this.feed = listed.feed();
        this.index = index;
        this.ticker = TickerUpdate.none(instrument, listed.prevClose());
        this.room = room;
        this.tape = new Tape(ticker.ticker().day(), room);
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

    TickerUpdate quoted(Quote quote) {
        Ticker before = ticker.ticker();
        return moved(new Ticker(quote, before.day(), quote.ts()), ABSENT);
    }

    boolean hasRoomFor(Trade trade) {
        return ticker.ticker().day().hasRoomFor(trade);
    }

    TradeUpdate traded(Trade trade) {
        TradeUpdate update = new TradeUpdate(instrument, ++tradesSeq, trade);
        tape.add(update);
        Ticker before = ticker.ticker();
        moved(new Ticker(before.quote(), before.day().with(trade), trade.ts()), trade.price());
        return update;
    }

    /** Takes a trade back, with all that it did to the day's figures; empty where it isn't known. */
    Optional<CancelUpdate> cancelled(Cancel cancel) {
        return tape.cancel(cancel.tradeId()).map(trade -> {
            moved(new Ticker(ticker.ticker().quote(), tape.day(), cancel.ts()), ABSENT);
            return new CancelUpdate(instrument, ++tradesSeq, trade.seq(), cancel.ts());
        });
    }

    /** What the trades channel shows to somebody who comes new: the last trade that stands, at the newest sequence. */
    Update lastTrade() {
        Optional<Trade> last = tape.last();
        return last.isPresent()
                ? new TradeUpdate(instrument, tradesSeq, last.get())
                : new NothingYet(instrument, Channel.TRADES, tradesSeq);
    }

    StatusUpdate changed(Status status) {
        return new StatusUpdate(instrument, ++statusSeq, 1, status);
    }

    NewsUpdate told(News news) {
        return new NewsUpdate(instrument, ++newsSeq, news);
    }

    TickerUpdate rolled(DayRoll roll) {
        Day next = ticker.ticker().day().next();
        tape.end();
        tape = new Tape(next, room);
        return moved(new Ticker(ticker.ticker().quote(), next, roll.ts()), ABSENT);
    }

    private TickerUpdate moved(Ticker after, long printed) {
        ticker = new TickerUpdate(
                instrument, ticker.seq() + 1, 1, printed, printed, after.changedSince(ticker.ticker()), after);
        return ticker;
    }
}
