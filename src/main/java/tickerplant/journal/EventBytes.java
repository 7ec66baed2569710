package tickerplant.journal;

import java.time.ZoneId;
import java.util.Optional;
import java.util.function.IntFunction;
import tickerplant.market.CancelUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Instrument;
import tickerplant.market.LossUpdate;
import tickerplant.market.News;
import tickerplant.market.NewsUpdate;
import tickerplant.market.Singular;
import tickerplant.market.Status;
import tickerplant.market.StatusUpdate;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;

/** Events as bytes: what is stored one by one, and what it needs to be read again. */
public final class EventBytes {
    private static final int TRADE = 1;
    private static final int CANCEL = 2;
    private static final int STATUS = 3;
    private static final int NEWS = 4;
    private static final int NAMED = 5;
    private static final int MISSING = 6;
    private static final int LOSS = 7;

    private EventBytes() {}

    static void write(Packed to, Entry.Told told) {
        Update update = told.update();
        if (update instanceof TradeUpdate trade) {
            begin(to, TRADE, told);
            to.number(Codes.steps(trade.instrument()));
            trade(to, trade.trade());
        } else if (update instanceof CancelUpdate cancel) {
            begin(to, CANCEL, told).number(cancel.cancels()).number(cancel.ts());
        } else if (update instanceof LossUpdate loss) {
            begin(to, LOSS, told).number(loss.ts());
        } else if (update instanceof StatusUpdate status) {
            begin(to, STATUS, told)
                    .number(Codes.of(Codes.PHASES, status.status().phase()))
                    .text(status.status().reason())
                    .number(status.status().ts());
        } else if (update instanceof NewsUpdate news) {
            begin(to, NEWS, told)
                    .text(news.news().headline())
                    .text(news.news().url())
                    .text(news.news().source())
                    .number(news.news().ts());
        } else {
            throw new IllegalArgumentException("not stored one by one: " + update);
        }
    }

    private static Packed begin(Packed to, int kind, Entry.Told told) {
        return to.number(kind).number(told.sid()).number(told.update().seq()).number(told.tickerSeq());
    }

    /** Writes a trade, but for its symbol. */
    public static void trade(Packed to, Trade trade) {
        to.number(trade.price())
                .number(trade.size())
                .number(Codes.of(Codes.SIDES, trade.side()))
                .text(trade.id())
                .text(trade.venue())
                .number(Codes.bits(trade.conditions()))
                .number(trade.ts());
    }

    static void write(Packed to, Entry.Missing missing) {
        to.number(MISSING)
                .number(missing.sid())
                .number(Codes.of(Codes.CHANNELS, missing.channel()))
                .number(missing.from())
                .number(missing.to());
    }

    static void write(Packed to, Entry.Named named) {
        to.number(NAMED).number(named.sid());
        instrument(to, named.instrument());
        to.text(named.feed());
    }

    /** Writes an instrument. */
    public static void instrument(Packed to, Instrument instrument) {
        to.text(instrument.symbol().name())
                .text(instrument.name())
                .text(instrument.currency())
                .text(instrument.exchange())
                .number(instrument.priceDecimals())
                .number(instrument.sizeDecimals())
                .text(instrument.zone().getId());
    }

    /** Reads an instrument. */
    public static Instrument instrument(Unpacked from) {
        return new Instrument(
                new Symbol(from.text()),
                from.text(),
                from.text(),
                from.text(),
                from.small(),
                from.small(),
                ZoneId.of(from.text()));
    }

    /**
     * Reads the next one.
     *
     * @param instruments by their number; those that were named before must be known to it. A trade is in the steps that it
     *     was told in, whatever the instrument's are by now
     * @return what was written; empty where it is of a symbol that is not known
     */
    static Optional<Entry> read(Unpacked from, IntFunction<Optional<Instrument>> instruments) {
        int kind = from.small();
        int sid = from.small();
        if (kind == NAMED) {
            return Optional.of(new Entry.Named(sid, instrument(from), from.text()));
        }
        if (kind == MISSING) {
            return Optional.of(new Entry.Missing(sid, Codes.CHANNELS.get(from.small()), from.number(), from.number()));
        }
        Instrument instrument = instruments.apply(sid).orElse(Instrument.WHOLE_MARKET);
        long seq = from.number();
        long tickerSeq = from.number();
        Update update = update(kind, instrument, seq, from);
        return instruments.apply(sid).map(known -> new Entry.Told(sid, tickerSeq, update));
    }

    private static Update update(int kind, Instrument instrument, long seq, Unpacked from) {
        Symbol symbol = instrument.symbol();
        return switch (kind) {
            case TRADE -> new TradeUpdate(Codes.inSteps(from.number(), instrument), seq, trade(symbol, from));
            case CANCEL -> new CancelUpdate(instrument, seq, from.number(), from.number());
            case LOSS -> new LossUpdate(instrument, seq, from.number());
            case STATUS ->
                new StatusUpdate(
                        instrument,
                        seq,
                        1,
                        new Status(symbol, Codes.PHASES.get(from.small()), from.text(), from.number()));
            case NEWS ->
                new NewsUpdate(instrument, seq, new News(symbol, from.text(), from.text(), from.text(), from.number()));
            default -> throw new IllegalArgumentException("no kind of event: " + kind);
        };
    }

    /** Reads a trade of a symbol. */
    public static Trade trade(Symbol symbol, Unpacked from) {
        return new Trade(
                symbol,
                from.number(),
                from.number(),
                Codes.SIDES.get(from.small()),
                from.text(),
                from.text(),
                Codes.conditions(from.number()),
                from.number());
    }

    /** When that was which an update tells, in microseconds since the epoch. */
    static long time(Update update) {
        if (update instanceof Singular one) {
            return one.ts();
        }
        if (update instanceof StatusUpdate status) {
            return status.status().ts();
        }
        throw new IllegalArgumentException("not stored one by one: " + update);
    }

    /** Whether the channel's events are stored one by one. */
    static boolean isStored(Channel channel) {
        return Codes.CHANNELS.contains(channel);
    }
}
