package tickerplant.feed.simulated;

import java.util.SplittableRandom;

/**
 * Chance, from a seed. Every draw is made of whole words of the generator and of exact arithmetic, so that a seed means
 * the same on every machine and every release of Java; the library promises that for none of its distributions.
 */
final class Dice {
    private static final double UNIT = 0x1.0p-53;
    /** Makes the variance of four even 16-bit numbers one. */
    private static final double BELL = Math.sqrt(3) / 65_536;

    private static final double BELL_MEAN = 2 * 65_535;

    private final SplittableRandom words;

    Dice(long seed) {
        words = new SplittableRandom(seed);
    }

    /** 64 even bits. */
    long bits() {
        return words.nextLong();
    }

    /** Evenly from 0 up to, not including, 1. */
    double even() {
        return (bits() >>> 11) * UNIT;
    }

    /** Evenly from 0 up to, not including, the bound, which is positive. */
    int below(int bound) {
        return (int) (((bits() >>> 32) * bound) >>> 32);
    }

    /** True with the probability. */
    boolean chance(double probability) {
        return even() < probability;
    }

    /** Bell-shaped with mean 0 and variance 1, never beyond 3.5: a sum of four even numbers. */
    double bell() {
        long word = bits();
        long sum = (word & 0xffff) + (word >>> 16 & 0xffff) + (word >>> 32 & 0xffff) + (word >>> 48);
        return (sum - BELL_MEAN) * BELL;
    }

    /** From 1 up to 128, small numbers far more often than big ones. */
    int few() {
        return 1 + below(1 << Math.min(Long.numberOfTrailingZeros(bits()), 7));
    }
}
