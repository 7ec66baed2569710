package tickerplant.codec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/** Moments as clients write them: milliseconds since the epoch, with decimals if they like. */
public final class WireTime {
    /** What a moment must be. */
    public static final String EXPECTED = "a time in milliseconds since 1970, not after the year 9999";

    private static final int LONGEST = 64;
    private static final BigDecimal END = new BigDecimal("253402300800000");

    private WireTime() {}

    /** The moment in microseconds since the epoch, what is finer being cut off; empty where it is none. */
    public static OptionalLong micros(String digits) {
        try {
            if (digits.length() <= LONGEST) {
                BigDecimal millis = new BigDecimal(digits);
                // first, because a great exponent would be written out to be compared
                boolean small = Math.abs((long) millis.scale()) <= LONGEST;
                if (small && millis.signum() >= 0 && millis.compareTo(END) < 0) {
                    return OptionalLong.of(millis.movePointRight(3)
                            .setScale(0, RoundingMode.DOWN)
                            .longValueExact());
                }
            }
        } catch (NumberFormatException e) {
            // no number at all
        }
        return OptionalLong.empty();
    }
}
