package tickerplant.feed.book;

import static tickerplant.market.Decimal.ABSENT;

import java.util.Arrays;

/**
 * One side of a book: the size that waits at each price. Sorted so that the best price stands last, since nearly
 * everything happens there: a change of the best level moves nothing.
 */
final class Levels {
    private static final int FIRST_CAPACITY = 16;

    /** 1 where the highest price is the best, -1 where the lowest is; the keys are prices times this. */
    private final int sign;

    private long[] keys = new long[FIRST_CAPACITY];
    private long[] sizes = new long[FIRST_CAPACITY];
    private int count;

    private Levels(int sign) {
        this.sign = sign;
    }

    static Levels bids() {
        return new Levels(1);
    }

    static Levels asks() {
        return new Levels(-1);
    }

    /** The best price, in steps; {@code ABSENT} where nobody quotes. */
    long best() {
        return count == 0 ? ABSENT : sign * keys[count - 1];
    }

    /** What waits at the best price; {@code ABSENT} where nobody quotes. */
    long bestSize() {
        return count == 0 ? ABSENT : sizes[count - 1];
    }

    /** What waits at a price; 0 where nothing does. */
    long size(long price) {
        int at = find(sign * price);
        return at < 0 ? 0 : sizes[at];
    }

    /** Says what waits at a price from now on; 0 for nothing. */
    void set(long price, long size) {
        long key = sign * price;
        int at = find(key);
        if (at >= 0) {
            if (size == 0) {
                remove(at);
            } else {
                sizes[at] = size;
            }
        } else if (size != 0) {
            insert(-at - 1, key, size);
        }
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    private int find(long key) {
        if (count > 0 && keys[count - 1] == key) {
            return count - 1;
        }
        return Arrays.binarySearch(keys, 0, count, key);
    }

    private void remove(int at) {
        System.arraycopy(keys, at + 1, keys, at, count - at - 1);
        System.arraycopy(sizes, at + 1, sizes, at, count - at - 1);
        count--;
    }

    private void insert(int at, long key, long size) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
        }
        System.arraycopy(keys, at, keys, at + 1, count - at);
        System.arraycopy(sizes, at, sizes, at + 1, count - at);
        keys[at] = key;
        sizes[at] = size;
        count++;
    }
}
