package tickerplant.hub;

import java.util.Arrays;
import tickerplant.market.Listing;

/** Counts in how many channels anybody follows each symbol, and tells where that begins and ends. Owned by the market thread. */
final class Interest {
    private int[] followed = new int[16];
    private Hub.Demand demand = Hub.Demand.NOBODY;

    /** From now on this one hears of it. */
    void tell(Hub.Demand listener) {
        demand = listener;
    }

    /** Somebody follows a topic of the listing that nobody followed. */
    void begun(Listing listing) {
        int index = listing.index();
        if (index >= followed.length) {
            followed = Arrays.copyOf(followed, Math.max(2 * followed.length, index + 1));
        }
        if (followed[index]++ == 0) {
            demand.wanted(listing);
        }
    }

    /** Nobody follows a topic of the listing any more. */
    void ended(Listing listing) {
        if (--followed[listing.index()] == 0) {
            demand.released(listing);
        }
    }
}
