package tickerplant.feed.iex;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tickerplant.market.Condition;

/** What the sale condition flags of a trade mean. There are few combinations, so each exists once. */
final class SaleConditions {
    /** The five flags are the upper five bits of their byte. */
    private static final int UNUSED_BITS = 3;

    private static final List<Set<Condition>> COMBINATIONS = IntStream.range(0, 1 << (Byte.SIZE - UNUSED_BITS))
            .mapToObj(bits -> combination(bits << UNUSED_BITS))
            .toList();

    private SaleConditions() {}

    /** The conditions, immutable and shared. */
    static Set<Condition> of(int flags) {
        return COMBINATIONS.get((flags & 0xFF) >> UNUSED_BITS);
    }

    private static Set<Condition> combination(int flags) {
        Set<Condition> conditions = EnumSet.noneOf(Condition.class);
        if ((flags & 0x80) != 0) {
            conditions.add(Condition.INTERMARKET_SWEEP);
        }
        if ((flags & 0x40) != 0) {
            conditions.add(Condition.EXTENDED);
        }
        if ((flags & 0x20) != 0) {
            conditions.add(Condition.ODD_LOT);
        }
        if ((flags & 0x10) != 0) {
            conditions.add(Condition.TRADE_THROUGH_EXEMPT);
        }
        if ((flags & 0x08) != 0) {
            conditions.add(Condition.SINGLE_PRICE_CROSS);
        }
        return Collections.unmodifiableSet(conditions);
    }
}
