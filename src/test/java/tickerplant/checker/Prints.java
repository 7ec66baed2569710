package tickerplant.checker;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The extremes of the trade prices printed among some events.
 *
 * @param hi the highest known price, if any
 * @param lo the lowest known price, if any
 * @param any whether a trade was among the events
 * @param certain whether the price of every trade among them is known; else hi and lo are only bounds
 */
record Prints(Optional<BigDecimal> hi, Optional<BigDecimal> lo, boolean any, boolean certain) {
    static final Prints NONE = new Prints(Optional.empty(), Optional.empty(), false, true);
    static final Prints UNKNOWN = new Prints(Optional.empty(), Optional.empty(), true, false);

    static Prints of(BigDecimal price) {
        return new Prints(Optional.of(price), Optional.of(price), true, true);
    }

    static Prints between(BigDecimal lo, BigDecimal hi) {
        return new Prints(Optional.of(hi), Optional.of(lo), true, true);
    }

    Prints and(Prints other) {
        return new Prints(
                hi.map(price -> other.hi.map(price::max).orElse(price)).or(other::hi),
                lo.map(price -> other.lo.map(price::min).orElse(price)).or(other::lo),
                any || other.any,
                certain && other.certain);
    }

    /** What is wrong with the extremes that a merged row states, if anything. */
    Optional<String> fault(Object statedHi, Object statedLo) {
        if (!any) {
            return statedHi == null && statedLo == null
                    ? Optional.empty()
                    : Optional.of("hi and lo although no trade was among the events");
        }
        if (!(statedHi instanceof BigDecimal highest) || !(statedLo instanceof BigDecimal lowest)) {
            return Optional.of("no hi or no lo although a trade was among the events");
        }
        boolean outside = highest.compareTo(hi.orElse(highest)) < 0
                || lowest.compareTo(lo.orElse(lowest)) > 0
                || highest.compareTo(lowest) < 0;
        boolean wide = certain && !(hi.equals(Optional.of(highest)) && lo.equals(Optional.of(lowest)));
        return outside || wide
                ? Optional.of("hi " + highest + " lo " + lowest + ", but printed were " + hi + " " + lo)
                : Optional.empty();
    }
}
