package tickerplant.bus;

import java.util.Map;

/**
 * A place in a lane of the log, and what the lane holds up to there. Immutable.
 *
 * @param next the place of the first entry after it, from 0
 * @param held how far each source has come by then
 */
public record Mark(long next, Map<String, Origin> held) {
    /** Before everything. */
    public static final Mark START = new Mark(0, Map.of());

    public Mark {
        held = Map.copyOf(held);
    }
}
