package tickerplant.feed.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tickerplant.market.Cancel;
import tickerplant.market.Condition;
import tickerplant.market.Decimal;
import tickerplant.market.News;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

/** Makes sense of a row's fields: which kind of event it is, and whether each field holds what it should. */
public final class RowReader {
    /** What stands between the conditions of a trade. */
    public static final String LIST_SEPARATOR = "|";

    private static final String KINDS = "trade, quote, cancel, status, news or instrument";
    private static final String TIME = "milliseconds since 1970 or an ISO 8601 instant such as 2026-01-02T09:30:00Z";
    private static final long LAST_MILLIS =
            Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    private final String prefix;

    /**
     * A reader of rows.
     *
     * @param prefix put before every symbol; may be empty
     */
    RowReader(String prefix) {
        this.prefix = prefix;
    }

    Draft draft(Row row) throws BadLine {
        String kind = kind(row);
        Symbol symbol = symbol(kind, row);
        return switch (kind) {
            case "trade" -> trade(symbol, row);
            case "quote" -> quote(symbol, row);
            case "cancel" -> cancel(symbol, row);
            case "status" -> status(symbol, row);
            case "news" -> news(symbol, row);
            case "instrument" -> instrument(symbol, row);
            default -> throw BadLine.field(Column.KIND, row.raw(Column.KIND), KINDS);
        };
    }

    private static String kind(Row row) throws BadLine {
        if (row.has(Column.KIND)) {
            return row.raw(Column.KIND).toLowerCase(Locale.ROOT);
        }
        if (row.has(Column.PRICE)) {
            return "trade";
        }
        if (row.has(Column.BID) || row.has(Column.ASK)) {
            return "quote";
        }
        throw BadLine.missing(Column.KIND, KINDS + ", or a price, or a bid or an ask");
    }

    private Symbol symbol(String kind, Row row) throws BadLine {
        String name = row.required(Column.SYMBOL, Symbol.EXPECTED);
        if (name.equals(Symbol.MARKET) && (kind.equals("status") || kind.equals("news"))) {
            return Symbol.WHOLE_MARKET;
        }
        return Symbol.parse(prefix + name)
                .orElseThrow(() -> BadLine.field(
                        Column.SYMBOL,
                        name,
                        Symbol.EXPECTED + (prefix.isEmpty() ? "" : " together with the prefix " + prefix)));
    }

    private static Draft trade(Symbol symbol, Row row) throws BadLine {
        long ts = ts(row);
        BigDecimal price = row.positive(Column.PRICE);
        BigDecimal size = row.positive(Column.SIZE);
        Side side = side(row);
        String id = row.text(Column.ID);
        String venue = row.text(Column.VENUE);
        Set<Condition> conditions = conditions(row);
        return new Draft(
                symbol,
                Optional.of(ts),
                List.of(price),
                List.of(size),
                instrument -> Optional.of(new Trade(
                        symbol,
                        Decimal.steps(price, instrument.priceDecimals()),
                        Decimal.steps(size, instrument.sizeDecimals()),
                        side,
                        id,
                        venue,
                        conditions,
                        ts)));
    }

    private static Draft quote(Symbol symbol, Row row) throws BadLine {
        long ts = ts(row);
        List<BigDecimal> bid = side(row, Column.BID, Column.BID_SIZE);
        List<BigDecimal> ask = side(row, Column.ASK, Column.ASK_SIZE);
        return new Draft(
                symbol,
                Optional.of(ts),
                concat(bid, ask, 0),
                concat(bid, ask, 1),
                instrument -> Optional.of(new Quote(
                        symbol,
                        steps(bid, 0, instrument.priceDecimals()),
                        steps(bid, 1, instrument.sizeDecimals()),
                        steps(ask, 0, instrument.priceDecimals()),
                        steps(ask, 1, instrument.sizeDecimals()),
                        ts)));
    }

    /** Price and size of one side of a quote; nothing where nobody quotes, which some venues write as two zeros. */
    private static List<BigDecimal> side(Row row, Column price, Column size) throws BadLine {
        if (!row.has(price) && !row.has(size)) {
            return List.of();
        }
        String expected = "a positive number of at most 12 decimals";
        if (row.number(price, expected).signum() == 0
                && row.number(size, expected).signum() == 0) {
            return List.of();
        }
        return List.of(row.positive(price), row.positive(size));
    }

    private static List<BigDecimal> concat(List<BigDecimal> bid, List<BigDecimal> ask, int part) {
        return List.of(bid, ask).stream()
                .filter(side -> !side.isEmpty())
                .map(side -> side.get(part))
                .toList();
    }

    private static long steps(List<BigDecimal> side, int part, int decimals) {
        return side.isEmpty() ? Decimal.ABSENT : Decimal.steps(side.get(part), decimals);
    }

    private static Draft cancel(Symbol symbol, Row row) throws BadLine {
        long ts = ts(row);
        row.required(Column.ID, "the id of the trade that is taken back");
        String id = row.text(Column.ID);
        return Draft.of(new Cancel(symbol, id, ts));
    }

    private static Draft status(Symbol symbol, Row row) throws BadLine {
        long ts = ts(row);
        String expected = "pre, open, halted, auction, post or closed";
        Phase phase = constant(Phase.class, Column.PHASE, row.required(Column.PHASE, expected), expected);
        String reason = row.text(Column.REASON);
        return Draft.of(new Status(symbol, phase, reason, ts));
    }

    private static Draft news(Symbol symbol, Row row) throws BadLine {
        long ts = ts(row);
        row.required(Column.HEADLINE, "what is told");
        String headline = row.text(Column.HEADLINE, News.MAX_HEADLINE);
        String url = row.text(Column.URL, News.MAX_URL);
        String source = row.text(Column.SOURCE);
        return Draft.of(new News(symbol, headline, url, source, ts));
    }

    private static Draft instrument(Symbol symbol, Row row) throws BadLine {
        Optional<Long> ts = row.has(Column.TS) ? Optional.of(ts(row)) : Optional.empty();
        return new Draft(symbol, ts, List.of(), List.of(), instrument -> Optional.empty());
    }

    private static long ts(Row row) throws BadLine {
        String text = row.required(Column.TS, TIME);
        long micros = text.indexOf('T') < 0 ? micros(row) : micros(text);
        if (micros < 0 || micros > LAST_MILLIS * 1_000) {
            throw BadLine.field(Column.TS, text, TIME);
        }
        return micros;
    }

    private static long micros(Row row) throws BadLine {
        BigDecimal millis = row.number(Column.TS, TIME);
        if (millis.signum() < 0 || millis.compareTo(BigDecimal.valueOf(LAST_MILLIS)) > 0) {
            return -1;
        }
        return millis.movePointRight(3).setScale(0, RoundingMode.DOWN).longValueExact();
    }

    private static long micros(String text) {
        try {
            Instant instant = Instant.parse(text);
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
        } catch (DateTimeException | ArithmeticException e) {
            return -1;
        }
    }

    private static Side side(Row row) throws BadLine {
        return switch (row.raw(Column.SIDE).toLowerCase(Locale.ROOT)) {
            case "buy", "b" -> Side.BUY;
            case "sell", "s" -> Side.SELL;
            case "", "unknown" -> Side.UNKNOWN;
            default -> throw BadLine.field(Column.SIDE, row.raw(Column.SIDE), "buy, sell or nothing");
        };
    }

    private static Set<Condition> conditions(Row row) throws BadLine {
        if (!row.has(Column.COND)) {
            return Set.of();
        }
        Set<Condition> conditions = EnumSet.noneOf(Condition.class);
        for (String name : row.raw(Column.COND).split("[|; ]+", -1)) {
            conditions.add(constant(
                    Condition.class,
                    Column.COND,
                    name,
                    "odd_lot, extended, intermarket_sweep, trade_through_exempt or single_price_cross"));
        }
        return Collections.unmodifiableSet(conditions);
    }

    /** The time zone that a row gives to its instrument. */
    static Optional<ZoneId> zone(Row row) throws BadLine {
        if (!row.has(Column.ZONE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(row.raw(Column.ZONE)));
        } catch (DateTimeException e) {
            throw BadLine.field(Column.ZONE, row.raw(Column.ZONE), "a time zone such as America/New_York");
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Column column, String name, String expected)
            throws BadLine {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(name)) {
                return constant;
            }
        }
        throw BadLine.field(column, name, expected);
    }
}
