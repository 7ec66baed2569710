package tickerplant.session;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A number that values in steps are compared with, exactly, also where it lies between two steps.
 *
 * @param floor the greatest count of steps that is not above it
 * @param isStep whether it is that very count
 */
record Threshold(long floor, boolean isStep) {
    private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

    /** The threshold of a number, for values in steps of so many decimals. */
    static Threshold of(BigDecimal number, int decimals) {
        BigDecimal steps = number.movePointRight(decimals);
        BigDecimal floor = steps.setScale(0, RoundingMode.FLOOR);
        return new Threshold(within(floor.toBigInteger()), floor.compareTo(steps) == 0);
    }

    /** The number, or the nearest that a {@code long} can be and still is no absent value: no field goes that far. */
    static long within(BigInteger number) {
        return number.abs().compareTo(GREATEST) <= 0 ? number.longValueExact() : number.signum() * Long.MAX_VALUE;
    }

    /** On which side of it a value is: 1 above, -1 below, 0 neither. */
    int side(long steps) {
        return steps > floor ? 1 : steps < floor || !isStep ? -1 : 0;
    }
}
