package tickerplant.faults;

import java.time.Duration;

/**
 * What a network does to the bytes that it carries, in both directions.
 *
 * @param least the shortest time that bytes are on their way
 * @param most the longest; their order stays
 * @param slice how many bytes arrive at a time, at most
 * @param bytesPerSecond how many get through in a second
 */
public record Weather(Duration least, Duration most, int slice, int bytesPerSecond) {
    /** Nothing that would be noticed. */
    public static final Weather FAIR = new Weather(Duration.ZERO, Duration.ZERO, 1 << 16, Integer.MAX_VALUE);

    /** Bytes take some time, no two of them the same. */
    public static Weather late(Duration least, Duration most) {
        return new Weather(least, most, FAIR.slice, FAIR.bytesPerSecond);
    }

    /** Bytes come few at a time. */
    public static Weather sliced(int slice) {
        return new Weather(FAIR.least, FAIR.most, slice, FAIR.bytesPerSecond);
    }

    /** Bytes come slowly. */
    public static Weather narrow(int bytesPerSecond) {
        return new Weather(FAIR.least, FAIR.most, Math.max(1, bytesPerSecond / 10), bytesPerSecond);
    }
}
