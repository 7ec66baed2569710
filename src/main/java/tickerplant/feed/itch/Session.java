package tickerplant.feed.itch;

import java.util.EnumSet;
import java.util.Set;
import tickerplant.market.Condition;
import tickerplant.market.Phase;

/** Where in its day the exchange is, by its system events. A file that doesn't tell them is taken for regular hours. */
final class Session {
    private static final Set<Condition> NONE = Set.of();
    private static final Set<Condition> ODD = Set.of(Condition.ODD_LOT);
    private static final Set<Condition> EXTENDED = Set.of(Condition.EXTENDED);
    private static final Set<Condition> BOTH = Set.copyOf(EnumSet.of(Condition.ODD_LOT, Condition.EXTENDED));

    private boolean extended;

    /** Takes a system event; the phase that it begins, null where it begins none. */
    Phase event(int code) {
        return switch (code) {
            case 'S' -> {
                extended = true;
                yield Phase.PRE;
            }
            case 'Q' -> {
                extended = false;
                yield Phase.OPEN;
            }
            case 'M' -> {
                extended = true;
                yield Phase.POST;
            }
            case 'E' -> Phase.CLOSED;
            default -> null;
        };
    }

    /** The conditions of a trade of so many shares. */
    Set<Condition> conditions(Stock stock, long shares) {
        boolean odd = shares < stock.roundLot();
        return extended ? (odd ? BOTH : EXTENDED) : odd ? ODD : NONE;
    }
}
