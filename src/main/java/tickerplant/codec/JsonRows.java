package tickerplant.codec;

import static tickerplant.market.Decimal.ABSENT;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import tickerplant.market.Bar;
import tickerplant.market.BarUpdate;
import tickerplant.market.CancelUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Condition;
import tickerplant.market.Day;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;
import tickerplant.market.News;
import tickerplant.market.NewsUpdate;
import tickerplant.market.NothingYet;
import tickerplant.market.Side;
import tickerplant.market.StatusUpdate;
import tickerplant.market.Symbol;
import tickerplant.market.Ticker;
import tickerplant.market.TickerField;
import tickerplant.market.TickerUpdate;
import tickerplant.market.Trade;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;
import tickerplant.message.RowEncoder;

/** Rows as JSON objects. Numbers are canonical plain decimals; a field that lost its value is {@code null} in an update. */
public final class JsonRows implements RowEncoder {
    private static final TickerField[] FIELDS = TickerField.values();
    private static final Map<TickerField, String> NAMES = new EnumMap<>(TickerField.class);

    static {
        for (TickerField field : FIELDS) {
            NAMES.put(field, word(field));
        }
    }

    private static final int CHECK_BYTES = 64;
    private static final int ROW_BYTES = 256;
    /** Up to here, 10,000 times the change still fits into a {@code long}. */
    private static final long SMALL_CHANGE = Long.MAX_VALUE / 10_000;

    @Override
    public byte[] update(Update update) {
        return encode(update, false);
    }

    @Override
    public byte[] snapshot(Update update) {
        return encode(update, true);
    }

    /** The CRC-32 (IEEE) of {@code SYMBOL|seq|last|trades} and a line feed, a missing value being empty. */
    @Override
    public int check(Update update) {
        JsonBytes text = new JsonBytes(CHECK_BYTES);
        text.ascii(update.instrument().symbol().name())
                .raw('|')
                .plain(update.seq(), 0)
                .raw('|');
        if (update instanceof TickerUpdate ticker) {
            Day day = ticker.ticker().day();
            if (day.last() != ABSENT) {
                text.plain(day.last(), update.instrument().priceDecimals());
            }
            text.raw('|').plain(day.trades(), 0);
        } else {
            text.raw('|');
        }
        CRC32 crc = new CRC32();
        crc.update(text.raw('\n').toArray());
        return (int) crc.getValue();
    }

    private static byte[] encode(Update update, boolean whole) {
        JsonBytes json = new JsonBytes(ROW_BYTES).open('{');
        Symbol symbol = update.instrument().symbol();
        if (update.channel() != Channel.NEWS || !symbol.isWholeMarket()) {
            json.field("symbol", symbol.name());
        }
        Optional<Interval> interval = update.channel().interval();
        if (interval.isPresent()) {
            json.field("interval", interval.get().word());
        }
        // a bar of the past has none where it was made of shorter ones, or told in another epoch
        if (update.seq() > 0 || !(update instanceof BarUpdate)) {
            json.field("seq", update.seq());
        }
        if (update instanceof TickerUpdate ticker) {
            if (whole) {
                names(json, ticker.instrument());
            } else {
                merged(json, ticker);
            }
            ticker(json, ticker, whole);
        } else if (update instanceof TradeUpdate trade) {
            trade(json, trade);
        } else if (update instanceof CancelUpdate cancel) {
            json.field("cancels", cancel.cancels()).time("ts", cancel.ts());
        } else if (update instanceof StatusUpdate status) {
            status(json, status, whole);
        } else if (update instanceof NewsUpdate news) {
            news(json, news.news());
        } else if (update instanceof BarUpdate bar) {
            bar(json, bar, whole);
        } else if (!(update instanceof NothingYet)) {
            throw new IllegalArgumentException("no row for " + update);
        }
        return json.close('}').toArray();
    }

    private static void names(JsonBytes json, Instrument instrument) {
        if (!instrument.name().isEmpty()) {
            json.field("name", instrument.name());
        }
        if (!instrument.currency().isEmpty()) {
            json.field("currency", instrument.currency());
        }
    }

    private static void merged(JsonBytes json, TickerUpdate update) {
        if (update.n() > 1) {
            json.field("n", update.n());
            if (update.hi() != ABSENT) {
                int decimals = update.instrument().priceDecimals();
                json.name("hi").decimal(update.hi(), decimals);
                json.name("lo").decimal(update.lo(), decimals);
            }
        }
    }

    private static void ticker(JsonBytes json, TickerUpdate update, boolean whole) {
        Ticker ticker = update.ticker();
        for (TickerField field : FIELDS) {
            long value = ticker.value(field);
            if (whole ? value == ABSENT : (update.changed() & field.bit()) == 0) {
                continue;
            }
            json.decimalOrNull(NAMES.get(field), value, update.instrument().decimals(field.kind()));
            if (field == TickerField.CHANGE) {
                changePercent(json, ticker, whole);
            }
        }
        if (ticker.ts() != ABSENT) {
            json.time("ts", ticker.ts());
        }
    }

    /** Rounded half up to 2 decimals. */
    private static void changePercent(JsonBytes json, Ticker ticker, boolean whole) {
        long change = ticker.day().change();
        long prevClose = ticker.day().prevClose();
        if (change == ABSENT || prevClose <= 0) {
            if (!whole) {
                json.decimalOrNull("change_pct", ABSENT, 2);
            }
        } else if (Math.abs(change) <= SMALL_CHANGE) {
            long scaled = change * 10_000;
            long half = Math.abs(scaled % prevClose) >= prevClose - Math.abs(scaled % prevClose) ? 1 : 0;
            json.name("change_pct").decimal(scaled / prevClose + half * Long.signum(scaled), 2);
        } else {
            json.name("change_pct").number(ticker.day().changePercent().orElseThrow());
        }
    }

    private static void trade(JsonBytes json, TradeUpdate update) {
        Trade trade = update.trade();
        Instrument instrument = update.instrument();
        json.name("price").decimal(trade.price(), instrument.priceDecimals());
        json.name("size").decimal(trade.size(), instrument.sizeDecimals());
        if (trade.side() != Side.UNKNOWN) {
            json.field("side", word(trade.side()));
        }
        if (!trade.id().isEmpty()) {
            json.field("id", trade.id());
        }
        if (!trade.venue().isEmpty()) {
            json.field("venue", trade.venue());
        }
        if (!trade.conditions().isEmpty()) {
            json.name("cond").open('[');
            for (Condition condition : trade.conditions()) {
                json.value(word(condition));
            }
            json.close(']');
        }
        json.time("ts", trade.ts());
    }

    private static void news(JsonBytes json, News news) {
        json.field("headline", news.headline());
        if (!news.url().isEmpty()) {
            json.field("url", news.url());
        }
        if (!news.source().isEmpty()) {
            json.field("source", news.source());
        }
        json.time("ts", news.ts());
    }

    private static void status(JsonBytes json, StatusUpdate update, boolean whole) {
        if (update.n() > 1 && !whole) {
            json.field("n", update.n());
        }
        json.field("phase", word(update.status().phase()));
        if (!update.status().reason().isEmpty()) {
            json.field("reason", update.status().reason());
        }
        json.time("ts", update.status().ts());
    }

    /** A bar that has lost its prices to cancels has none of the fields that are made of them. */
    private static void bar(JsonBytes json, BarUpdate update, boolean whole) {
        if (update.n() > 1 && !whole) {
            json.field("n", update.n());
        }
        Bar bar = update.bar();
        int decimals = update.instrument().priceDecimals();
        json.time("start", bar.start());
        if (bar.hasPrice()) {
            json.name("open").decimal(bar.open(), decimals);
            json.name("high").decimal(bar.high(), decimals);
            json.name("low").decimal(bar.low(), decimals);
            json.name("close").decimal(bar.close(), decimals);
        }
        json.name("volume").decimal(bar.volume(), update.instrument().sizeDecimals());
        if (bar.hasPrice()) {
            json.name("vwap")
                    .literal(bar.turnover()
                            .average(bar.volume(), decimals)
                            .stripTrailingZeros()
                            .toPlainString());
        }
        json.field("trades", bar.trades()).name("final").literal(Boolean.toString(bar.isFinal()));
    }

    /** The word of a constant on the wire. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
