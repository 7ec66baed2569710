package tickerplant.feed.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tickerplant.feed.FeedSink;
import tickerplant.market.Clock;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;

/**
 * The symbols of a feed whose events come from outside, one by one: a symbol is listed with the first event about it. Events are
 * judged by themselves, so that a bad one keeps no other out. One thread at a time.
 */
public final class OpenUniverse {
    /** How many symbols such a feed may have: whoever sends made-up ones must not fill the memory. */
    public static final int MOST_SYMBOLS = 100_000;

    /** What prices and sizes may have where nothing about the symbol asks for more. */
    static final int LEAST_DECIMALS = 6;

    private static final List<Column> PRICES = List.of(Column.PRICE, Column.BID, Column.ASK);
    private static final List<Column> SIZES = List.of(Column.SIZE, Column.BID_SIZE, Column.ASK_SIZE);

    private final String feed;
    private final Clock clock;
    private final int most;
    private final RowReader reader = new RowReader("");
    private final Map<Symbol, Instrument> known = new HashMap<>();
    private final Function<Symbol, Optional<Instrument>> elsewhere;

    /**
     * An empty one.
     *
     * @param feed the name of the feed
     * @param clock gives their time to events that have none
     */
    public OpenUniverse(String feed, Clock clock) {
        this(feed, clock, MOST_SYMBOLS);
    }

    /**
     * An empty one beside others of the same feed on other machines.
     *
     * @param elsewhere the instruments that one of them has listed; in its steps they are counted here too
     */
    public OpenUniverse(String feed, Clock clock, Function<Symbol, Optional<Instrument>> elsewhere) {
        this(feed, clock, MOST_SYMBOLS, elsewhere);
    }

    OpenUniverse(String feed, Clock clock, int most) {
        this(feed, clock, most, symbol -> Optional.empty());
    }

    private OpenUniverse(String feed, Clock clock, int most, Function<Symbol, Optional<Instrument>> elsewhere) {
        this.elsewhere = elsewhere;
        this.feed = feed;
        this.clock = clock;
        this.most = most;
    }

    /** A symbol is known from before a restart, and stays in its steps. */
    public void keep(Instrument instrument) {
        known.put(instrument.symbol(), instrument);
    }

    /** A row with what it says. */
    private record Read(Row row, Draft draft, Facts facts) {}

    /**
     * Tells the sink all events that are as they must be.
     *
     * @param events what was sent together
     * @param allowed the symbols that the sender may tell about; {@link Symbol#WHOLE_MARKET} among them or not
     * @return the others, in their order
     */
    public List<Rejection> tell(List<Submitted> events, Predicate<Symbol> allowed, FeedSink sink)
            throws InterruptedException {
        List<Rejection> rejected = new ArrayList<>();
        Map<Integer, Read> readable = new HashMap<>();
        Census census = new Census(feed, LEAST_DECIMALS);
        for (int i = 0; i < events.size(); i++) {
            Submitted event = events.get(i);
            if (event.problem().isEmpty()) {
                try {
                    Read read = read(event.row());
                    readable.put(i, read);
                    if (isNew(read.draft().symbol())) {
                        census.note(read.draft(), read.facts());
                    }
                } catch (BadLine e) {
                    rejected.add(new Rejection(i, Rejection.Why.INVALID_FIELD, e.field(), e.getMessage()));
                }
            } else {
                rejected.add(new Rejection(i, Rejection.Why.INVALID_FIELD, event.field(), event.problem()));
            }
        }
        rejected.forEach(bad -> sink.damaged("event " + bad.index(), bad.message()));
        for (int i = 0; i < events.size(); i++) {
            Read read = readable.get(i);
            if (read != null) {
                tell(i, read, census, allowed, sink).ifPresent(rejected::add);
            }
        }
        rejected.sort((one, other) -> Integer.compare(one.index(), other.index()));
        return rejected;
    }

    private Read read(Row row) throws BadLine {
        if (!row.has(Column.TS)) {
            row.set(Column.TS, Decimal.value(clock.micros(), 3).toPlainString());
        }
        return new Read(row, reader.draft(row), Facts.of(row));
    }

    private boolean isNew(Symbol symbol) {
        return !symbol.isWholeMarket() && !known.containsKey(symbol);
    }

    private Optional<Rejection> tell(int index, Read read, Census census, Predicate<Symbol> allowed, FeedSink sink)
            throws InterruptedException {
        Symbol symbol = read.draft().symbol();
        if (!allowed.test(symbol)) {
            return Optional.of(new Rejection(
                    index,
                    Rejection.Why.FORBIDDEN,
                    "symbol",
                    "symbol " + symbol + " is none that may be published by this publisher"));
        }
        if (isNew(symbol) && known.size() >= most) {
            return Optional.of(new Rejection(
                    index,
                    Rejection.Why.SYMBOL_LIMIT,
                    "symbol",
                    "the feed " + feed + " has " + most + " symbols, and takes no more"));
        }
        Optional<Listed> listed = isNew(symbol)
                ? elsewhere
                        .apply(symbol)
                        .map(instrument -> new Listed(instrument, feed, Decimal.ABSENT, 0))
                        .or(() -> Optional.of(census.listed(symbol)))
                : Optional.empty();
        Instrument instrument = symbol.isWholeMarket()
                ? Instrument.WHOLE_MARKET
                : listed.map(Listed::instrument).orElseGet(() -> known.get(symbol));
        Optional<Event> event;
        try {
            event = read.draft().making().event(instrument);
        } catch (ArithmeticException e) {
            String field = unfit(read.row(), instrument);
            sink.damaged("event " + index, field + ": " + e.getMessage());
            return Optional.of(new Rejection(
                    index,
                    Rejection.Why.INVALID_FIELD,
                    field,
                    field + ": " + e.getMessage() + ", expected a number that fits the symbol's others"));
        }
        Optional<Rejection> refused = Optional.empty();
        if (listed.isPresent()) {
            refused = sink.offer(listed.get()).map(problem -> refused(index, problem));
            if (refused.isEmpty()) {
                known.put(symbol, instrument);
            }
        }
        return refused.isEmpty() && event.isPresent()
                ? sink.offer(event.get(), index + 1L).map(problem -> refused(index, problem))
                : refused;
    }

    /** Every such problem begins with the name of its field. */
    private static Rejection refused(int index, String problem) {
        String first = problem.split("[ :]", 2)[0].toLowerCase(Locale.ROOT);
        String field = Column.named(first).map(Column::toString).orElse("");
        return new Rejection(
                index, field.equals("symbol") ? Rejection.Why.FORBIDDEN : Rejection.Why.INVALID_FIELD, field, problem);
    }

    private static String unfit(Row row, Instrument instrument) {
        return unfit(row, PRICES, instrument.priceDecimals())
                .or(() -> unfit(row, SIZES, instrument.sizeDecimals()))
                .map(Column::toString)
                .orElse("");
    }

    private static Optional<Column> unfit(Row row, List<Column> columns, int decimals) {
        return columns.stream()
                .filter(column -> row.has(column) && !row.fits(column, decimals))
                .findFirst();
    }
}
