package tickerplant.feed.simulated;

/**
 * When events happen: exactly {@code rate} of them in every second, in bursts and lulls within it. Each second is cut into
 * slots; time in a busy slot is stretched over more events, time in a quiet one over fewer.
 */
final class Pace {
    static final int SLOTS = 20;

    private static final long SECOND = 1_000_000_000L;
    private static final double CALM = 0.6;
    private static final double BURST_CHANCE = 0.08;
    private static final double BURST = 4;
    private static final double FADE = 0.6;

    private final long rate;
    private final boolean steady;
    private final Dice dice;
    /** The share of a second's events that come before the end of each slot. */
    private final double[] until = new double[SLOTS + 1];

    private double excitement;
    private long count;
    private int slot;
    private long offset = -1;

    Pace(long rate, Dice dice) {
        this(rate, false, dice);
    }

    private Pace(long rate, boolean steady, Dice dice) {
        this.rate = rate;
        this.steady = steady;
        this.dice = dice;
    }

    /** A pace that ticks like a clock. */
    static Pace steady(long rate, Dice dice) {
        return new Pace(rate, true, dice);
    }

    /** When the next event is due, in nanoseconds from the start: 0 for the first, then ever later. */
    long next() {
        long within = count % rate;
        if (within == 0) {
            drawSecond();
        }
        // Anywhere in its share of the second, so that events don't tick like a clock; the first is at the start.
        double share = (within + (count == 0 || steady ? 0 : dice.even())) / rate;
        while (slot < SLOTS - 1 && share >= until[slot + 1]) {
            slot++;
        }
        double position = (slot + (share - until[slot]) / (until[slot + 1] - until[slot])) / SLOTS;
        long due = count / rate * SECOND + (long) (position * SECOND);
        count++;
        offset = Math.max(due, offset + 1);
        return offset;
    }

    /** How busy the moment of the last event is: 1 on average. */
    double intensity() {
        return (until[slot + 1] - until[slot]) * SLOTS;
    }

    private void drawSecond() {
        double total = 0;
        for (int i = 1; i <= SLOTS; i++) {
            if (!steady) {
                excitement = dice.chance(BURST_CHANCE) ? BURST * (0.5 + dice.even()) : FADE * excitement;
            }
            total += CALM + excitement;
            until[i] = total;
        }
        for (int i = 1; i <= SLOTS; i++) {
            until[i] /= total;
        }
        slot = 0;
    }
}
