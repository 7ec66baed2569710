package tickerplant.feed.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tickerplant.feed.book.Book.Side;
import tickerplant.market.Decimal;
import tickerplant.market.Quote;
import tickerplant.market.Symbol;

class BookTest {
    private static final Symbol AAPL = new Symbol("AAPL");

    /** Every change is followed in two sorted maps as well. */
    @Test
    void theTopIsTheBestOfAllLevels() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            Book book = new Book(AAPL);
            Map<Side, NavigableMap<Long, Long>> plain = Map.of(
                    Side.BID, new TreeMap<>(Comparator.<Long>reverseOrder()), Side.ASK, new TreeMap<Long, Long>());
            Quote told = quote(plain, 0);
            for (int i = 0; i < 2_000; i++) {
                Side side = random.nextBoolean() ? Side.BID : Side.ASK;
                long price = 1L + random.nextInt(60);
                long size = random.nextInt(3) == 0 ? 0 : 1L + random.nextInt(3);
                assertTrue(book.set(side, price, size));
                if (size == 0) {
                    plain.get(side).remove(price);
                } else {
                    plain.get(side).put(price, size);
                }
                assertEquals(size, book.size(side, price));
                Quote now = quote(plain, 0);
                assertEquals(now.equals(told) ? Optional.empty() : Optional.of(now), book.change(0), "seed " + seed);
                told = now;
            }
            book.clear();
            assertEquals(
                    Optional.of(quote(Map.of(Side.BID, new TreeMap<>(), Side.ASK, new TreeMap<>()), 7)),
                    book.change(7));
        }
    }

    private static Quote quote(Map<Side, NavigableMap<Long, Long>> levels, long ts) {
        List<Map.Entry<Long, Long>> best = List.of(
                Optional.ofNullable(levels.get(Side.BID).firstEntry())
                        .orElse(Map.entry(Decimal.ABSENT, Decimal.ABSENT)),
                Optional.ofNullable(levels.get(Side.ASK).firstEntry())
                        .orElse(Map.entry(Decimal.ABSENT, Decimal.ABSENT)));
        return new Quote(
                AAPL,
                best.get(0).getKey(),
                best.get(0).getValue(),
                best.get(1).getKey(),
                best.get(1).getValue(),
                ts);
    }

    @Test
    void aFullSideTakesNoFurtherLevelButItsOwnOnesChange() {
        Book book = new Book(AAPL);
        for (int i = 1; i <= Book.MAX_LEVELS; i++) {
            assertTrue(book.set(Side.ASK, i, 1));
        }
        assertFalse(book.set(Side.ASK, Book.MAX_LEVELS + 1, 1));
        assertTrue(book.set(Side.ASK, Book.MAX_LEVELS + 1, 0));
        assertTrue(book.set(Side.ASK, 1, 5));
        assertTrue(book.set(Side.BID, 1, 1));
        assertTrue(book.set(Side.ASK, 2, 0));
        assertTrue(book.set(Side.ASK, Book.MAX_LEVELS + 1, 1));
    }
}
