package tickerplant.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tickerplant.market.Bar;
import tickerplant.market.BarState;
import tickerplant.market.Channel;
import tickerplant.market.Day;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;
import tickerplant.market.ListingState;
import tickerplant.market.NothingYet;
import tickerplant.market.Quote;
import tickerplant.market.SeriesState;
import tickerplant.market.Symbol;
import tickerplant.market.Ticker;
import tickerplant.market.TickerUpdate;
import tickerplant.market.Turnover;
import tickerplant.market.Update;

/** What a symbol is, as bytes. */
public final class StateBytes {
    private static final int NOTHING = 0;
    private static final int SOMETHING = 1;

    private StateBytes() {}

    /** Writes it. */
    public static void write(Packed to, ListingState state) {
        EventBytes.instrument(to, state.instrument());
        to.text(state.feed());
        ticker(to, state.ticker());
        update(to, state.trade());
        update(to, state.status());
        update(to, state.news());
        to.number(state.bars().size());
        state.bars().forEach(series -> series(to, series));
    }

    /** Reads what was written. */
    public static ListingState read(Unpacked from) {
        return read(EventBytes.instrument(from), from);
    }

    /** Reads what was written after the instrument. */
    static ListingState read(Instrument instrument, Unpacked from) {
        return new ListingState(
                instrument,
                from.text(),
                ticker(instrument, from),
                update(instrument, Channel.TRADES, from),
                update(instrument, Channel.STATUS, from),
                update(instrument, Channel.NEWS, from),
                series(from));
    }

    private static void ticker(Packed to, TickerUpdate update) {
        Quote quote = update.ticker().quote();
        Day day = update.ticker().day();
        to.number(update.seq()).number(update.hi()).number(update.lo()).number(update.changed());
        to.number(quote.bidPrice())
                .number(quote.bidSize())
                .number(quote.askPrice())
                .number(quote.askSize())
                .number(quote.ts());
        day(to, day);
        to.number(update.ticker().ts());
    }

    /** The figures of a day. */
    public static void day(Packed to, Day day) {
        to.number(day.last())
                .number(day.lastSize())
                .number(day.open())
                .number(day.high())
                .number(day.low())
                .number(day.prevClose())
                .number(day.volume())
                .number(day.trades());
    }

    /** The figures of a day. */
    public static Day day(Unpacked from) {
        return new Day(
                from.number(),
                from.number(),
                from.number(),
                from.number(),
                from.number(),
                from.number(),
                from.number(),
                from.number());
    }

    private static TickerUpdate ticker(Instrument instrument, Unpacked from) {
        Symbol symbol = instrument.symbol();
        long seq = from.number();
        long hi = from.number();
        long lo = from.number();
        int changed = from.small();
        Quote quote = new Quote(symbol, from.number(), from.number(), from.number(), from.number(), from.number());
        Day day = day(from);
        return new TickerUpdate(instrument, seq, 1, hi, lo, changed, new Ticker(quote, day, from.number()));
    }

    private static void update(Packed to, Update update) {
        if (update instanceof NothingYet) {
            to.number(NOTHING).number(update.seq());
        } else {
            to.number(SOMETHING);
            EventBytes.write(to, new Entry.Told(0, 0, update));
        }
    }

    private static Update update(Instrument instrument, Channel channel, Unpacked from) {
        if (from.small() == NOTHING) {
            return new NothingYet(instrument, channel, from.number());
        }
        Entry entry = EventBytes.read(from, sid -> Optional.of(instrument)).orElseThrow();
        if (entry instanceof Entry.Told told && told.update().channel() == channel) {
            return told.update();
        }
        throw new IllegalArgumentException("expected an update of " + channel + " but read " + entry);
    }

    private static void series(Packed to, SeriesState series) {
        to.number(Codes.of(Codes.INTERVALS, series.interval()))
                .number(series.seq())
                .number(series.finalSeq())
                .number(series.finalStart())
                .number(series.bars().size());
        series.bars().forEach(state -> bar(to, state));
    }

    /** A bar that may still change. */
    public static void bar(Packed to, BarState state) {
        Bar bar = state.bar();
        to.number(bar.start())
                .number(bar.open())
                .number(bar.high())
                .number(bar.low())
                .number(bar.close())
                .number(bar.volume())
                .number(bar.turnover().high())
                .number(bar.turnover().low())
                .number(bar.trades())
                .number(bar.isFinal() ? 1 : 0);
        to.number(state.end()).number(state.toldSeq()).number(state.openTs()).number(state.closeTs());
    }

    /** A bar that may still change. */
    public static BarState bar(Unpacked from) {
        Bar bar = new Bar(
                from.number(),
                from.number(),
                from.number(),
                from.number(),
                from.number(),
                from.number(),
                new Turnover(from.number(), from.number()),
                from.number(),
                from.small() == 1);
        return new BarState(bar, from.number(), from.number(), from.number(), from.number());
    }

    private static List<SeriesState> series(Unpacked from) {
        List<SeriesState> all = new ArrayList<>();
        for (int left = from.small(); left > 0; left--) {
            Interval interval = Codes.INTERVALS.get(from.small());
            long seq = from.number();
            long finalSeq = from.number();
            long finalStart = from.number();
            List<BarState> bars = new ArrayList<>();
            for (int more = from.small(); more > 0; more--) {
                bars.add(bar(from));
            }
            all.add(new SeriesState(interval, seq, finalSeq, finalStart, bars));
        }
        return all;
    }
}
