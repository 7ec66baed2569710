package tickerplant.feed.itch;

import java.util.Arrays;
import tickerplant.feed.book.Book;

/**
 * The orders that wait, by the exchange's number for each. A table of open addresses in plain arrays: a busy day has
 * millions of orders at once, and each as an object would cost four times as much.
 */
final class Orders {
    /** No more than this many wait at once; the busiest days have a few million. */
    static final int MAX = 1 << 25;

    private static final int FIRST_CAPACITY = 1 << 12;
    private static final int ASK_BIT = 1 << 16;
    private static final int USED_BIT = 1 << 17;

    private long[] numbers = new long[FIRST_CAPACITY];
    private int[] prices = new int[FIRST_CAPACITY];
    private int[] sizes = new int[FIRST_CAPACITY];
    /** The instrument's number and the side; 0 where the place is free. */
    private int[] whose = new int[FIRST_CAPACITY];

    private int count;

    /** Where an order is kept, until the next {@link #add} or {@link #remove}; -1 where it is not known. */
    int find(long number) {
        int at = slot(number);
        return whose[at] == 0 ? -1 : at;
    }

    /** Takes an order that is not known; false where there are too many. */
    boolean add(long number, int locate, Book.Side side, int price, int size) {
        if (count == MAX) {
            return false;
        }
        if (2 * count >= numbers.length) {
            grow();
        }
        int at = slot(number);
        numbers[at] = number;
        prices[at] = price;
        sizes[at] = size;
        whose[at] = USED_BIT | (side == Book.Side.ASK ? ASK_BIT : 0) | locate;
        count++;
        return true;
    }

    int count() {
        return count;
    }

    int locate(int at) {
        return whose[at] & 0xFFFF;
    }

    Book.Side side(int at) {
        return (whose[at] & ASK_BIT) == 0 ? Book.Side.BID : Book.Side.ASK;
    }

    /** In price steps, positive. */
    long price(int at) {
        return Integer.toUnsignedLong(prices[at]);
    }

    /** How many shares wait, positive. */
    long size(int at) {
        return Integer.toUnsignedLong(sizes[at]);
    }

    /** So many shares fewer wait; an order of which nothing is left is gone. */
    void reduce(int at, long shares) {
        sizes[at] -= (int) shares;
        if (sizes[at] == 0) {
            remove(at);
        }
    }

    /** The order is gone. What would no longer be found behind the hole moves up. */
    void remove(int at) {
        int mask = numbers.length - 1;
        int hole = at;
        for (int next = (hole + 1) & mask; whose[next] != 0; next = (next + 1) & mask) {
            int home = home(numbers[next]);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                numbers[hole] = numbers[next];
                prices[hole] = prices[next];
                sizes[hole] = sizes[next];
                whose[hole] = whose[next];
                hole = next;
            }
        }
        whose[hole] = 0;
        count--;
    }

    private int slot(long number) {
        int mask = numbers.length - 1;
        int at = home(number);
        while (whose[at] != 0 && numbers[at] != number) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int home(long number) {
        return (int) ((number * 0x9E3779B97F4A7C15L) >>> 32) & (numbers.length - 1);
    }

    private void grow() {
        long[] oldNumbers = numbers;
        int[] oldPrices = prices;
        int[] oldSizes = sizes;
        int[] oldWhose = whose;
        int capacity = 2 * numbers.length;
        numbers = new long[capacity];
        prices = Arrays.copyOf(prices, capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        whose = new int[capacity];
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldWhose[i] != 0) {
                int at = slot(oldNumbers[i]);
                numbers[at] = oldNumbers[i];
                prices[at] = oldPrices[i];
                sizes[at] = oldSizes[i];
                whose[at] = oldWhose[i];
            }
        }
    }
}
