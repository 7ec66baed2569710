package tickerplant.feed.replay;

import java.util.regex.Pattern;
import tickerplant.feed.FeedSpec;

/**
 * How fast recorded time passes.
 *
 * @param speed recorded seconds per second, positive; infinite where nothing waits
 */
record Pace(double speed) {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    /** As good as never, but no sum with it overflows: a hundred years. */
    private static final double FAR_NANOS = 3.2e18;

    /** Without any waiting. */
    static final Pace MAX = new Pace(Double.POSITIVE_INFINITY);

    /** The option {@code speed}, or the fallback where it is absent. */
    static Pace of(FeedSpec spec, String fallback) {
        String text = spec.text("speed", fallback);
        if (text.equals("max")) {
            return MAX;
        }
        double speed = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : 0;
        if (speed <= 0) {
            throw spec.expected("speed", "a positive decimal number, or max");
        }
        return new Pace(speed);
    }

    boolean waits() {
        return speed != MAX.speed;
    }

    /** How many nanoseconds after the first event an event is due that came so many microseconds after it. */
    long nanos(long micros) {
        return (long) Math.min(micros * 1_000.0 / speed, FAR_NANOS);
    }
}
