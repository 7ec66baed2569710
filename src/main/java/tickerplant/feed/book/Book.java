package tickerplant.feed.book;

import static tickerplant.market.Decimal.ABSENT;

import java.util.Optional;
import tickerplant.market.Quote;
import tickerplant.market.Symbol;

/**
 * The two sides of an instrument's book, and the top that was told of it last. Prices and sizes are steps of the
 * instrument. A book that is crossed is told as it is: whether that is right is the venue's matter.
 */
public final class Book {
    /** The most levels of a side: what claims to need more is no market but damage. */
    public static final int MAX_LEVELS = 65_536;

    /** A side of the book. */
    public enum Side {
        BID,
        ASK
    }

    private final Symbol symbol;
    private final Levels bids = Levels.bids();
    private final Levels asks = Levels.asks();
    private long toldBid = ABSENT;
    private long toldBidSize = ABSENT;
    private long toldAsk = ABSENT;
    private long toldAskSize = ABSENT;

    /** An empty book, of which nothing has been told. */
    public Book(Symbol symbol) {
        this.symbol = symbol;
    }

    public Symbol symbol() {
        return symbol;
    }

    /**
     * Says what waits at a price from now on.
     *
     * @param size 0 for nothing
     * @return whether it could be taken; a side that is full takes no further level
     */
    public boolean set(Side side, long price, long size) {
        Levels levels = levels(side);
        if (levels.count() == MAX_LEVELS && size != 0 && levels.size(price) == 0) {
            return false;
        }
        levels.set(price, size);
        return true;
    }

    /** What waits at a price; 0 where nothing does. */
    public long size(Side side, long price) {
        return levels(side).size(price);
    }

    /** Nobody quotes any more. */
    public void clear() {
        bids.clear();
        asks.clear();
    }

    /** The top of the book as a quote; empty where it is the one that was told last. */
    public Optional<Quote> change(long ts) {
        long bid = bids.best();
        long bidSize = bids.bestSize();
        long ask = asks.best();
        long askSize = asks.bestSize();
        if (bid == toldBid && bidSize == toldBidSize && ask == toldAsk && askSize == toldAskSize) {
            return Optional.empty();
        }
        toldBid = bid;
        toldBidSize = bidSize;
        toldAsk = ask;
        toldAskSize = askSize;
        return Optional.of(new Quote(symbol, bid, bidSize, ask, askSize, ts));
    }

    private Levels levels(Side side) {
        return side == Side.BID ? bids : asks;
    }
}
