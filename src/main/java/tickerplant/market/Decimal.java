package tickerplant.market;

import java.math.BigDecimal;

/**
 * How a decimal number is held: a {@code long} count of steps of 10<sup>-decimals</sup>, so that prices and sizes are
 * exact and cheap to compare.
 */
public final class Decimal {
    /** The value of a field that has none. */
    public static final long ABSENT = Long.MIN_VALUE;

    /** No price and no size may reach this many steps: sums and differences of a few of them can't overflow. */
    public static final long LIMIT = 1_000_000_000_000_000_000L;

    private Decimal() {}

    /**
     * The number as a count of steps.
     *
     * @throws ArithmeticException if it has more decimals than that, or is {@link #LIMIT} steps or more
     */
    public static long steps(BigDecimal value, int decimals) {
        // Bounded before any expansion: 1e999999999 must not be written out.
        if (value.signum() != 0 && value.precision() - (long) value.scale() > 19) {
            throw new ArithmeticException("number too large");
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() > decimals) {
            throw new ArithmeticException("more than " + decimals + " decimals");
        }
        long steps = stripped.setScale(decimals).unscaledValue().longValueExact();
        if (steps >= LIMIT || steps <= -LIMIT) {
            throw new ArithmeticException("number too large");
        }
        return steps;
    }

    /** The number that a count of steps stands for. */
    public static BigDecimal value(long steps, int decimals) {
        return BigDecimal.valueOf(steps, decimals);
    }
}
