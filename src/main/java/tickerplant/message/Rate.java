package tickerplant.message;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How many update rows a second a client wants of each symbol, at most. Sections 3 and 4 of the protocol. Immutable.
 *
 * @param perSecond from {@link #LEAST} to {@link #MOST}; 0 stands for as many as there are
 */
public record Rate(BigDecimal perSecond) {
    /** The lowest that can be asked for. */
    public static final BigDecimal LEAST = new BigDecimal("0.1");

    /** The highest that can be asked for. */
    public static final BigDecimal MOST = new BigDecimal("50");

    /** As many rows as there are. */
    public static final Rate UNLIMITED = new Rate(BigDecimal.ZERO);

    /** What a rate may be, for messages to people. */
    public static final String EXPECTED = "between " + LEAST + " and " + MOST;

    private static final BigDecimal NANOS = new BigDecimal("1000000000");

    public Rate {
        if (perSecond.signum() != 0 && !isAllowed(perSecond)) {
            throw new IllegalArgumentException("a rate must be " + EXPECTED);
        }
    }

    /** The rate that somebody wrote as a number; empty where it is none, or out of bounds. */
    public static Optional<Rate> parse(String number) {
        try {
            // No number is expanded by comparing it, whatever its exponent.
            BigDecimal perSecond = new BigDecimal(number);
            return isAllowed(perSecond) ? Optional.of(new Rate(perSecond.stripTrailingZeros())) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isAllowed(BigDecimal perSecond) {
        return perSecond.compareTo(LEAST) >= 0 && perSecond.compareTo(MOST) <= 0;
    }

    /** Whether it bounds anything. */
    public boolean isLimited() {
        return perSecond.signum() != 0;
    }

    /** The shortest time between two rows of a symbol, in nanoseconds; 0 where there is none. */
    public long intervalNanos() {
        return isLimited() ? NANOS.divide(perSecond, 0, RoundingMode.UP).longValueExact() : 0;
    }
}
