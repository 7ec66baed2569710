package tickerplant.market;

import java.util.Optional;

/** How long a bar lasts. Bars begin at whole multiples of it in UTC, those of a day at midnight in the instrument's zone. */
public enum Interval {
    SECOND("1s", 1_000_000L),
    MINUTE("1m", 60_000_000L),
    FIVE_MINUTES("5m", 300_000_000L),
    QUARTER_HOUR("15m", 900_000_000L),
    HOUR("1h", 3_600_000_000L),
    /** A day has 23 or 25 hours where the clocks are changed. */
    DAY("1d", 86_400_000_000L);

    private final String word;
    private final long micros;

    Interval(String word, long micros) {
        this.word = word;
        this.micros = micros;
    }

    /** Its word on the wire. */
    public String word() {
        return word;
    }

    /** Its usual length, in microseconds. */
    public long micros() {
        return micros;
    }

    /** The interval that a word of the wire stands for; empty where it stands for none. */
    public static Optional<Interval> of(String word) {
        for (Interval interval : values()) {
            if (interval.word.equals(word)) {
                return Optional.of(interval);
            }
        }
        return Optional.empty();
    }
}
