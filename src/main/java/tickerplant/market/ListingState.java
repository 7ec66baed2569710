package tickerplant.market;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
        List<SeriesState> bars)
        implements Dormant {
    public ListingState {
        bars = List.copyOf(bars);
    }

    /** What an instrument is of which nothing has been heard, and that no feed has named. */
    public static ListingState unheard(Instrument instrument) {
        return new ListingState(
                instrument,
                "",
                TickerUpdate.none(instrument, Decimal.ABSENT),
                new NothingYet(instrument, Channel.TRADES, 0),
                new NothingYet(instrument, Channel.STATUS, 0),
                new NothingYet(instrument, Channel.NEWS, 0),
                List.of());
    }

    @Override
    public long ts() {
        return ticker.ticker().ts();
    }

    @Override
    public ListingState state() {
        return this;
    }

    /** When the latest bars began, by interval, those under way among them. */
    Map<Interval, Long> latestBars() {
        Map<Interval, Long> starts = new EnumMap<>(Interval.class);
        for (SeriesState series : bars) {
            long start = series.finalStart();
            for (BarState state : series.bars()) {
                start = Math.max(start, state.bar().start());
            }
            starts.put(series.interval(), start);
        }
        return starts;
    }

    /**
     * The same with bars that the market never had, up to these starts: whoever asks for bars must ask for those, too.
     *
     * @param starts when the latest of them began, by interval
     */
    public ListingState withEarlierBars(Map<Interval, Long> starts) {
        Map<Interval, SeriesState> series = new EnumMap<>(Interval.class);
        for (Interval interval : Interval.values()) {
            series.put(interval, new SeriesState(interval, 0, 0, Long.MIN_VALUE, List.of()));
        }
        bars.forEach(state -> series.put(state.interval(), state));
        starts.forEach((interval, start) -> series.computeIfPresent(
                interval,
                (same, state) -> new SeriesState(
                        interval, state.seq(), state.finalSeq(), Math.max(start, state.finalStart()), state.bars())));
        return new ListingState(instrument, feed, ticker, trade, status, news, List.copyOf(series.values()));
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
