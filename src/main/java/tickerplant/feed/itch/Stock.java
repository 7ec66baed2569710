package tickerplant.feed.itch;

import tickerplant.feed.book.Book;
import tickerplant.market.Symbol;

/**
 * One instrument of the day.
 *
 * @param book its top as the orders make it
 * @param roundLot shares of a round lot; 0 where the exchange didn't say
 */
record Stock(Book book, long roundLot) {
    Symbol symbol() {
        return book.symbol();
    }
}
