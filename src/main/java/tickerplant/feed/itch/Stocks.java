package tickerplant.feed.itch;

import java.util.Optional;
import tickerplant.feed.FeedSink;
import tickerplant.feed.book.Book;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;

/** The instruments of one reading of a file, by the number that the exchange gave each for the day. */
final class Stocks {
    private final Universe universe;
    private final FeedSink sink;
    private final Stock[] stocks = new Stock[1 << 16];

    Stocks(Universe universe, FeedSink sink) {
        this.universe = universe;
        this.sink = sink;
    }

    /** The instrument of that number; null where the file has not named it. */
    Stock at(int locate) {
        return stocks[locate];
    }

    /**
     * Gives a number to an instrument, and lists it where it is new.
     *
     * @param name as the exchange writes it
     * @return the instrument; null where the name is no symbol
     */
    Stock name(int locate, String name, String exchange, long roundLot, long ts) throws InterruptedException {
        Optional<Symbol> symbol = universe.symbol(name);
        if (symbol.isEmpty()) {
            return null;
        }
        Optional<Listed> listed = universe.add(symbol.get(), exchange, ts);
        if (listed.isPresent()) {
            sink.event(listed.get());
        }
        // Named a second time, it keeps the book that it has.
        Stock before = stocks[locate];
        Book book = before != null && before.symbol().equals(symbol.get()) ? before.book() : new Book(symbol.get());
        stocks[locate] = new Stock(book, roundLot);
        return stocks[locate];
    }
}
