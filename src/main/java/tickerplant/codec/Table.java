package tickerplant.codec;

import static tickerplant.market.Decimal.ABSENT;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tickerplant.feed.text.RowReader;
import tickerplant.market.Bar;
import tickerplant.market.BarUpdate;
import tickerplant.market.CancelUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;
import tickerplant.market.NewsUpdate;
import tickerplant.market.Side;
import tickerplant.market.StatusUpdate;
import tickerplant.market.Trade;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;

/**
 * The past as a table: one line a row, each with the same columns of the same types, none of them nested, as CSV or NDJSON. Trades,
 * phases and news in it can be read as a recording. Immutable.
 */
public final class Table {
    /** How a line is written. */
    public enum Form {
        CSV("text/csv"),
        NDJSON("application/x-ndjson");

        private final String type;

        Form(String type) {
            this.type = type;
        }

        /** Its media type. */
        public String type() {
            return type;
        }
    }

    private static final String NULL = "null";
    private static final int LINE_BYTES = 256;
    private static final List<String> TRADES =
            List.of("epoch", "symbol", "seq", "kind", "ts", "price", "size", "side", "id", "venue", "cond", "cancels");
    private static final List<String> STATUS = List.of("epoch", "symbol", "seq", "kind", "ts", "phase", "reason");
    private static final List<String> NEWS =
            List.of("epoch", "symbol", "seq", "kind", "ts", "headline", "url", "source");
    private static final List<String> BARS = List.of(
            "symbol",
            "interval",
            "start",
            "open",
            "high",
            "low",
            "close",
            "volume",
            "vwap",
            "turnover",
            "trades",
            "final");

    private final List<String> columns;
    private final Form form;

    /**
     * A table.
     *
     * @param channel {@code trades}, {@code status}, {@code news}, or one of bars
     */
    public Table(Channel channel, Form form) {
        this.form = form;
        this.columns = switch (channel) {
            case TRADES -> TRADES;
            case STATUS -> STATUS;
            case NEWS -> NEWS;
            case TICKER -> throw new IllegalArgumentException("nothing is remembered of " + channel);
            default -> BARS;
        };
    }

    /** What stands before the rows, in UTF-8; nothing in NDJSON. */
    public byte[] head() {
        return form == Form.CSV ? (String.join(",", columns) + "\n").getBytes(StandardCharsets.US_ASCII) : new byte[0];
    }

    /**
     * A row as a line in UTF-8.
     *
     * @param epoch that its sequence is of
     * @param cancelled of a trade taken back, the name that the venue gave to the trade; empty where it isn't known
     */
    public byte[] line(Update update, String epoch, String cancelled) {
        Line line = new Line();
        if (update instanceof BarUpdate bar) {
            bar(line, bar);
        } else {
            line.text(epoch);
            line.text(update.instrument().symbol().name());
            line.literal(Long.toString(update.seq()));
            event(line, update, cancelled);
        }
        return line.end();
    }

    private static void event(Line line, Update update, String cancelled) {
        if (update instanceof TradeUpdate told) {
            trade(line, told);
        } else if (update instanceof CancelUpdate cancel) {
            line.text("cancel").decimal(cancel.ts(), 3);
            line.literal(NULL)
                    .literal(NULL)
                    .literal(NULL)
                    .text(cancelled)
                    .literal(NULL)
                    .literal(NULL);
            line.literal(Long.toString(cancel.cancels()));
        } else if (update instanceof StatusUpdate status) {
            line.text("status").decimal(status.status().ts(), 3);
            line.text(JsonRows.word(status.status().phase()))
                    .text(status.status().reason());
        } else if (update instanceof NewsUpdate news) {
            line.text("news").decimal(news.news().ts(), 3);
            line.text(news.news().headline())
                    .text(news.news().url())
                    .text(news.news().source());
        } else {
            throw new IllegalArgumentException("no row for " + update);
        }
    }

    private static void trade(Line line, TradeUpdate told) {
        Trade trade = told.trade();
        Instrument instrument = told.instrument();
        line.text("trade").decimal(trade.ts(), 3);
        line.decimal(trade.price(), instrument.priceDecimals()).decimal(trade.size(), instrument.sizeDecimals());
        line.text(trade.side() == Side.UNKNOWN ? "" : JsonRows.word(trade.side()))
                .text(trade.id())
                .text(trade.venue());
        line.text(trade.conditions().stream()
                .sorted()
                .map(JsonRows::word)
                .collect(Collectors.joining(RowReader.LIST_SEPARATOR)));
        line.literal(NULL);
    }

    private static void bar(Line line, BarUpdate update) {
        Bar bar = update.bar();
        Instrument instrument = update.instrument();
        int prices = instrument.priceDecimals();
        line.text(instrument.symbol().name())
                .text(update.channel().interval().orElseThrow().word())
                .decimal(bar.start(), 3);
        line.decimal(bar.open(), prices)
                .decimal(bar.high(), prices)
                .decimal(bar.low(), prices)
                .decimal(bar.close(), prices)
                .decimal(bar.volume(), instrument.sizeDecimals());
        line.literal(
                bar.hasPrice()
                        ? bar.turnover()
                                .average(bar.volume(), prices)
                                .stripTrailingZeros()
                                .toPlainString()
                        : NULL);
        line.literal(new BigDecimal(bar.turnover().exactly(), prices + instrument.sizeDecimals())
                .stripTrailingZeros()
                .toPlainString());
        line.literal(Long.toString(bar.trades())).literal(Boolean.toString(bar.isFinal()));
    }

    /** A line that is being written. What is absent is nothing in CSV, and null in NDJSON. */
    private final class Line {
        private final JsonBytes json = new JsonBytes(LINE_BYTES);
        private final StringBuilder csv = new StringBuilder();
        private int column;

        Line() {
            json.open('{');
        }

        Line literal(String literal) {
            if (form == Form.NDJSON) {
                json.name(columns.get(column)).literal(literal);
            } else {
                cell(literal.equals(NULL) ? "" : literal);
            }
            column++;
            return this;
        }

        Line decimal(long steps, int decimals) {
            return literal(
                    steps == ABSENT
                            ? NULL
                            : Decimal.value(steps, decimals)
                                    .stripTrailingZeros()
                                    .toPlainString());
        }

        Line text(String text) {
            if (text.isEmpty()) {
                return literal(NULL);
            }
            if (form == Form.NDJSON) {
                json.field(columns.get(column), text);
            } else {
                cell(
                        text.chars().anyMatch(c -> c == ',' || c == '"' || c <= ' ')
                                ? '"' + text.replace("\"", "\"\"").replaceAll("[\\r\\n]", " ") + '"'
                                : text);
            }
            column++;
            return this;
        }

        private void cell(String text) {
            if (column > 0) {
                csv.append(',');
            }
            csv.append(text);
        }

        byte[] end() {
            if (form == Form.CSV) {
                return csv.append('\n').toString().getBytes(StandardCharsets.UTF_8);
            }
            byte[] object = json.close('}').toArray();
            byte[] line = Arrays.copyOf(object, object.length + 1);
            line[object.length] = '\n';
            return line;
        }
    }
}
