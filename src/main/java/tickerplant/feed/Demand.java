package tickerplant.feed;

import tickerplant.market.Symbol;

/**
 * Hears which of a feed's symbols anybody follows, so that a feed need not bring what nobody wants. Called by the market
 * thread, which must not be kept waiting, while the feed runs on its own.
 */
public interface Demand {
    /** A feed that brings all it has, whoever wants it. */
    Demand IGNORED = new Demand() {
        @Override
        public void wanted(Symbol symbol) {
            // it comes anyway
        }

        @Override
        public void released(Symbol symbol) {
            // it comes all the same
        }
    };

    /** Somebody follows it, and nobody did. */
    void wanted(Symbol symbol);

    /** Nobody follows it any more. */
    void released(Symbol symbol);
}
