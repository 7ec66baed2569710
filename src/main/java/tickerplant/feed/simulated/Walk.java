package tickerplant.feed.simulated;

/** A random walk that is pulled back to zero: it wanders for hours, and stays within a few percent for ever. */
final class Walk {
    private final double spread;
    private final double step;
    private final double pull;
    private double value;

    /**
     * A walk at zero.
     *
     * @param step how far it goes in a second, typically
     * @param spread how far it is from zero after a long time, typically
     */
    Walk(double step, double spread) {
        this.step = step;
        this.spread = spread;
        this.pull = step * step / (2 * spread * spread);
    }

    /** Walks on for so many seconds. */
    void advance(double seconds, Dice dice) {
        double forgotten = Math.min(1, pull * seconds);
        value += Math.min(spread, step * Math.sqrt(seconds)) * dice.bell() - forgotten * value;
    }

    double value() {
        return value;
    }
}
