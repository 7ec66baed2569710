package tickerplant.market;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A sum of price times size, exact: 128 bits in two's complement, which no volume below {@link Decimal#LIMIT} can overflow at
 * any price below it. Immutable.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Turnover(long high, long low) {
    /** Of nothing. */
    public static final Turnover NONE = new Turnover(0, 0);

    /** An average has so many decimals more than a price. */
    private static final int MORE_DECIMALS = 4;

    private static final long UNITS = 10_000;

    /** What it adds to a turnover that one more trade is made; sizes and prices are in steps. */
    public Turnover plus(long price, long size) {
        long sum = low + price * size;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Turnover(high + Math.multiplyHigh(price, size) + carry, sum);
    }

    /** Both together. */
    public Turnover plus(Turnover other) {
        long sum = low + other.low;
        return new Turnover(high + other.high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0), sum);
    }

    /**
     * The volume-weighted average price: turnover divided by volume, rounded half up to 4 decimals more than the price has.
     *
     * @param volume in size steps, positive
     * @param priceDecimals decimals of the price
     */
    public BigDecimal average(long volume, int priceDecimals) {
        int decimals = priceDecimals + MORE_DECIMALS;
        if (high == 0 && low >= 0 && volume <= Long.MAX_VALUE / (2 * UNITS)) {
            long whole = low / volume;
            if (whole < Long.MAX_VALUE / (2 * UNITS)) {
                long rest = low % volume * UNITS;
                long half = rest % volume >= volume - rest % volume ? 1 : 0;
                return BigDecimal.valueOf(whole * UNITS + rest / volume + half, decimals);
            }
        }
        return new BigDecimal(exactly(), priceDecimals)
                .divide(BigDecimal.valueOf(volume), decimals, RoundingMode.HALF_UP);
    }

    /** The sum as a whole number of price steps times size steps. */
    public BigInteger exactly() {
        BigInteger lower = BigInteger.valueOf(low);
        return BigInteger.valueOf(high)
                .shiftLeft(Long.SIZE)
                .add(low < 0 ? lower.add(BigInteger.ONE.shiftLeft(Long.SIZE)) : lower);
    }
}
