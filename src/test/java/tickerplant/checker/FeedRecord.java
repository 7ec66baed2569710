package tickerplant.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the feed itself played, event by event, so that prices need not be believed because a server said them. The
 * i-th event of a symbol takes its i-th {@code ticker} sequence, the i-th trade or cancel its i-th of {@code trades},
 * both counted from where the record {@linkplain #startsAt starts}. Play here before the server does. Any thread.
 */
public final class FeedRecord {
    private final Map<String, Tape> tapes = new HashMap<>();

    /** One symbol's events. */
    private static final class Tape {
        final List<Optional<BigDecimal>> printed = new ArrayList<>();
        final List<Optional<Print>> trades = new ArrayList<>();
        final List<String> headlines = new ArrayList<>();
        final Set<BigDecimal> prices = new HashSet<>();
        long ticker;
        long trade;
    }

    /** A trade's price and size. */
    record Print(BigDecimal price, BigDecimal size) {
        boolean isSaidBy(Map<String, Object> row) {
            return row.get("price") instanceof BigDecimal p
                    && p.compareTo(price) == 0
                    && row.get("size") instanceof BigDecimal s
                    && s.compareTo(size) == 0;
        }
    }

    /** The record of the symbol starts after these sequences; 0 and 0 unless said before its first event. */
    public synchronized void startsAt(String symbol, long tickerSeq, long tradesSeq) {
        tape(symbol).ticker = tickerSeq;
        tape(symbol).trade = tradesSeq;
    }

    /** A trade. */
    public synchronized void trade(String symbol, String price, String size) {
        BigDecimal printed = number(price);
        Tape tape = tape(symbol);
        tape.prices.add(printed);
        tape.printed.add(Optional.of(printed));
        tape.trades.add(Optional.of(new Print(printed, number(size))));
    }

    /** A quote; 0 on a side that has none. */
    public synchronized void quote(String symbol, String bid, String ask) {
        Tape tape = tape(symbol);
        tape.prices.add(number(bid));
        tape.prices.add(number(ask));
        tape.printed.add(Optional.empty());
    }

    /** A trade taken back. */
    public synchronized void cancel(String symbol) {
        tape(symbol).printed.add(Optional.empty());
        tape(symbol).trades.add(Optional.empty());
    }

    /** Trades that were lost before they came to the server. */
    public synchronized void loss(String symbol) {
        tape(symbol).trades.add(Optional.empty());
    }

    /** A news item of a symbol, or of {@link Key#MARKET}. */
    public synchronized void news(String symbol, String headline) {
        tape(symbol).headlines.add(headline);
    }

    /** The headline with that {@code news} sequence, where it is on record. */
    synchronized Optional<String> headline(String symbol, long seq) {
        Tape tape = tapes.get(symbol);
        return tape == null ? Optional.empty() : at(tape.headlines, seq);
    }

    /** Any other event that takes a {@code ticker} sequence, such as a day roll. */
    public synchronized void other(String symbol) {
        tape(symbol).printed.add(Optional.empty());
    }

    /** A price that the symbol had without an event, such as yesterday's close. */
    public synchronized void known(String symbol, String price) {
        tape(symbol).prices.add(number(price));
    }

    /** Whether the price was sent; of a symbol without a record, every price was. */
    synchronized boolean sent(String symbol, BigDecimal price) {
        return !tapes.containsKey(symbol) || tapes.get(symbol).prices.contains(price);
    }

    /** The trade with that {@code trades} sequence, where it is on record. */
    synchronized Optional<Print> trade(String symbol, long seq) {
        Tape tape = tapes.get(symbol);
        return tape == null
                ? Optional.empty()
                : at(tape.trades, seq - tape.trade).flatMap(print -> print);
    }

    /** What was printed after one {@code ticker} sequence and up to another, where all of it is on record. */
    synchronized Optional<Prints> printed(String symbol, long after, long to) {
        Tape tape = tapes.get(symbol);
        if (tape == null || after < tape.ticker || to - tape.ticker > tape.printed.size()) {
            return Optional.empty();
        }
        Prints prints = Prints.NONE;
        for (Optional<BigDecimal> price : tape.printed.subList((int) (after - tape.ticker), (int) (to - tape.ticker))) {
            prints = price.map(Prints::of).map(prints::and).orElse(prints);
        }
        return Optional.of(prints);
    }

    private Tape tape(String symbol) {
        return tapes.computeIfAbsent(symbol, name -> new Tape());
    }

    private static <T> Optional<T> at(List<T> list, long ordinal) {
        return ordinal >= 1 && ordinal <= list.size() ? Optional.of(list.get((int) ordinal - 1)) : Optional.empty();
    }

    private static BigDecimal number(String digits) {
        return new BigDecimal(digits).stripTrailingZeros();
    }
}
