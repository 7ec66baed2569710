package tickerplant.market;

import static tickerplant.market.Decimal.ABSENT;

import java.util.Arrays;

/**
 * The highest and the lowest price printed after any given sequence, for as far back as it can know. It keeps only prices
 * that no later one has passed, which are few: so a client that was away for hours can be brought back with one row that
 * stands for all it missed. Owned by the market thread.
 */
public final class Extremes {
    private final Stairs highs;
    private final Stairs lows;

    /** Nothing has been printed yet. */
    public Extremes(Room room) {
        highs = new Stairs(1, room);
        lows = new Stairs(-1, room);
    }

    /** Whether nothing is known to have been printed. */
    public boolean isEmpty() {
        return highs.size == 0;
    }

    /** What was printed up to this sequence is not known. */
    public void forgetUpTo(long seq) {
        highs.floor = seq;
        lows.floor = seq;
    }

    /** A trade was printed. */
    public void printed(long seq, long price) {
        highs.add(seq, price);
        lows.add(seq, price);
    }

    /** Whether it is known what was printed after that sequence. */
    public boolean reachBackTo(long seq) {
        return seq >= highs.floor && seq >= lows.floor;
    }

    /** The highest price printed after that sequence, {@link Decimal#ABSENT} where none was. */
    public long highSince(long seq) {
        return highs.firstAfter(seq);
    }

    /** The lowest price printed after that sequence, {@link Decimal#ABSENT} where none was. */
    public long lowSince(long seq) {
        return lows.firstAfter(seq);
    }

    /** How many prices are kept in all; every symbol has a few, and who needs more gets them while there are any. */
    public static final class Room {
        private int left;

        public Room(int prices) {
            this.left = prices;
        }

        private boolean grants(int prices) {
            boolean granted = prices <= left;
            left -= granted ? prices : 0;
            return granted;
        }
    }

    /** Prices in their order, each beyond all that came after it: the first after a sequence is the extreme since. */
    private static final class Stairs {
        private static final int FIRST = 8;

        private final int sign;
        private final Room room;
        private long[] seqs = new long[0];
        private long[] prices = new long[0];
        private int size;
        /** Before this sequence nothing is known any more. */
        private long floor;

        Stairs(int sign, Room room) {
            this.sign = sign;
            this.room = room;
        }

        void add(long seq, long price) {
            while (size > 0 && sign * Long.compare(prices[size - 1], price) <= 0) {
                size--;
            }
            if (size == seqs.length) {
                makeRoom();
            }
            seqs[size] = seq;
            prices[size++] = price;
        }

        private void makeRoom() {
            int more = Math.max(FIRST, size);
            if (size == 0 || room.grants(more)) {
                seqs = Arrays.copyOf(seqs, size + more);
                prices = Arrays.copyOf(prices, size + more);
                return;
            }
            int half = size / 2;
            floor = seqs[half - 1];
            System.arraycopy(seqs, half, seqs, 0, size - half);
            System.arraycopy(prices, half, prices, 0, size - half);
            size -= half;
        }

        long firstAfter(long seq) {
            int found = Arrays.binarySearch(seqs, 0, size, seq + 1);
            int at = found >= 0 ? found : -found - 1;
            return at < size ? prices[at] : ABSENT;
        }
    }
}
