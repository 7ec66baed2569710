package tickerplant.feed.text;

import java.math.BigDecimal;
import tickerplant.market.Instrument;

/** How many decimals the prices or the sizes of a symbol were written with. */
final class Scale {
    /** No number may have more. */
    static final int MAX = Instrument.MAX_DECIMALS;

    private int decimals;

    Scale(int decimals) {
        this.decimals = decimals;
    }

    /** How many decimals a number was written with; zeros at its end count only as far as they can be held. */
    static int decimals(BigDecimal number) {
        if (number.scale() > MAX) {
            return Math.max(MAX, number.stripTrailingZeros().scale());
        }
        return Math.max(0, number.scale());
    }

    /** Makes room for a number. */
    void widen(BigDecimal number) {
        decimals = Math.max(decimals, decimals(number));
    }

    /** The greatest number of decimals so far. */
    int decimals() {
        return decimals;
    }
}
