package tickerplant.hub;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tickerplant.market.Decimal;
import tickerplant.market.Ticker;
import tickerplant.market.TickerUpdate;

/**
 * The last values of all symbols after each of the newest events, so many in all: the oldest gives way, whosever it is. Values
 * share what an event leaves alone, so an event costs what it has changed and a few words. Owned by the market thread.
 */
final class Trail {
    /** Where a symbol has no step yet. */
    static final long NOWHERE = -1;
    /** Of one symbol no more are looked at than the market can wait for: some milliseconds. */
    static final int LONGEST = 20_000;

    private final Ticker[] tickers;
    private final long[] seqs;
    private final int[] changed;
    /** Where the step before it of the same symbol is. */
    private final long[] previous;
    /** Where the next step goes; they are counted from 0, and each overwrites the one that is as many back as there is room. */
    private long next;

    /** Room for so many steps; what there is none for is forgotten at once. */
    Trail(int most) {
        int room = Math.max(1, most);
        tickers = new Ticker[room];
        seqs = new long[room];
        changed = new int[room];
        previous = new long[room];
    }

    /**
     * One more step.
     *
     * @param before where the one before it is, of the same symbol
     * @return where it is
     */
    long add(long before, TickerUpdate update) {
        int at = at(next);
        tickers[at] = update.ticker();
        seqs[at] = update.seq();
        changed[at] = update.changed();
        previous[at] = before;
        return next++;
    }

    private int at(long place) {
        return (int) (place % tickers.length);
    }

    private boolean holds(long place) {
        return place >= 0 && place >= next - tickers.length;
    }

    /**
     * The steps of one symbol up to its newest, the oldest first: from a sequence on, or where that is forgotten, from the
     * oldest that is known. To be looked at before anything else is added.
     *
     * @param newest where the newest is
     * @param standing what it is, for where even that is forgotten
     */
    List<TickerUpdate> since(long seq, long newest, TickerUpdate standing) {
        long[] places = new long[16];
        int count = 0;
        long place = newest;
        while (count < LONGEST && holds(place) && seqs[at(place)] >= seq) {
            if (count == places.length) {
                places = Arrays.copyOf(places, 2 * count);
            }
            places[count++] = place;
            place = previous[at(place)];
        }
        return count == 0 ? List.of(standing) : new Part(places, count, standing);
    }

    /** Made up as it is read, since most are passed over. */
    private final class Part extends AbstractList<TickerUpdate> {
        private final long[] places;
        private final int size;
        private final TickerUpdate standing;

        Part(long[] places, int size, TickerUpdate standing) {
            this.places = places;
            this.size = size;
            this.standing = standing;
        }

        @Override
        public TickerUpdate get(int index) {
            int at = at(places[size - 1 - Objects.checkIndex(index, size)]);
            return new TickerUpdate(
                    standing.instrument(), seqs[at], 1, Decimal.ABSENT, Decimal.ABSENT, changed[at], tickers[at]);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
