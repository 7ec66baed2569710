package tickerplant.market;

import java.util.List;

/**
 * All that the market knows of a symbol and needs to go on after a restart: everything but the recent trades and bars that
 * can still be corrected. Immutable.
 *
 * @param instrument what is listed
 * @param feed the name of the feed that the symbol belongs to
 * @param ticker the last values, at the newest sequence
 * @param trade what the trades channel shows to somebody who comes new, at the newest sequence
 * @param status the same of the status channel
 * @param news the same of the news channel
 * @param bars of every interval; empty where there was no trade yet
 */
public record ListingState(
        Instrument instrument,
        String feed,
        TickerUpdate ticker,
        Update trade,
        Update status,
        Update news,
        List<SeriesState> bars) {
    public ListingState {
        bars = List.copyOf(bars);
    }

    /** The symbol's name. */
    public Symbol symbol() {
        return instrument.symbol();
    }

    /**
     * The same sequences and phase with nothing that happened: for a replay, which tells its story from the beginning again.
     *
     * @param listed what the feed says of the symbol now
     */
    public ListingState begunAnew(Listed listed) {
        Instrument now = listed.instrument();
        return new ListingState(
                now,
                listed.feed(),
                new TickerUpdate(
                        now,
                        ticker.seq(),
                        1,
                        Decimal.ABSENT,
                        Decimal.ABSENT,
                        0,
                        Ticker.starting(now.symbol(), listed.prevClose())),
                new NothingYet(now, Channel.TRADES, trade.seq()),
                renamed(status, now),
                new NothingYet(now, Channel.NEWS, news.seq()),
                bars.stream()
                        .map(series -> new SeriesState(
                                series.interval(), series.seq(), series.seq(), Long.MIN_VALUE, List.of()))
                        .toList());
    }

    /** The same of an instrument whose names may have changed; its steps must be as fine as before. */
    ListingState of(Listed listed) {
        Instrument now = listed.instrument();
        return new ListingState(
                now,
                listed.feed(),
                new TickerUpdate(now, ticker.seq(), 1, ticker.hi(), ticker.lo(), ticker.changed(), known(listed)),
                renamed(trade, now),
                renamed(status, now),
                renamed(news, now),
                bars);
    }

    /** The last values, and the close of the day before where only the feed knows it. */
    private Ticker known(Listed listed) {
        Day day = ticker.ticker().day();
        return day.prevClose() == Decimal.ABSENT && listed.prevClose() != Decimal.ABSENT
                ? new Ticker(
                        ticker.ticker().quote(),
                        day.after(listed.prevClose()),
                        ticker.ticker().ts())
                : ticker.ticker();
    }

    private static Update renamed(Update update, Instrument now) {
        if (update instanceof TradeUpdate trade) {
            return new TradeUpdate(now, trade.seq(), trade.trade());
        }
        if (update instanceof StatusUpdate status) {
            return new StatusUpdate(now, status.seq(), 1, status.status());
        }
        if (update instanceof NewsUpdate news) {
            return new NewsUpdate(now, news.seq(), news.news());
        }
        return new NothingYet(now, update.channel(), update.seq());
    }

    /** Whether prices and sizes of the instrument are counted in the same steps. */
    boolean counts(Instrument now) {
        return instrument.priceDecimals() == now.priceDecimals() && instrument.sizeDecimals() == now.sizeDecimals();
    }
}
