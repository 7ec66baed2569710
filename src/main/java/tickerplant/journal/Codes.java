package tickerplant.journal;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tickerplant.market.Channel;
import tickerplant.market.Condition;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;
import tickerplant.market.Phase;
import tickerplant.market.Side;

/** The numbers that stand for constants in stored bytes: places in these lists, to which is only ever added at the end. */
public final class Codes {
    static final List<Side> SIDES = List.of(Side.UNKNOWN, Side.BUY, Side.SELL);
    /** Those of phases. */
    public static final List<Phase> PHASES =
            List.of(Phase.PRE, Phase.OPEN, Phase.HALTED, Phase.AUCTION, Phase.POST, Phase.CLOSED);
    /** Those of intervals. */
    public static final List<Interval> INTERVALS = List.of(
            Interval.SECOND,
            Interval.MINUTE,
            Interval.FIVE_MINUTES,
            Interval.QUARTER_HOUR,
            Interval.HOUR,
            Interval.DAY);
    /** Those whose events are stored one by one. */
    static final List<Channel> CHANNELS = List.of(Channel.TRADES, Channel.STATUS, Channel.NEWS);

    private static final List<Condition> CONDITIONS = List.of(
            Condition.ODD_LOT,
            Condition.EXTENDED,
            Condition.INTERMARKET_SWEEP,
            Condition.TRADE_THROUGH_EXEMPT,
            Condition.SINGLE_PRICE_CROSS);

    private static final int STEP_BITS = 4;
    private static final long STEP_MASK = (1 << STEP_BITS) - 1;

    private Codes() {}

    /** The number of a constant. */
    public static <T> int of(List<T> list, T constant) {
        int code = list.indexOf(constant);
        if (code < 0) {
            throw new IllegalArgumentException(constant + " has no number");
        }
        return code;
    }

    /** In which steps an instrument's prices and sizes are counted. */
    static long steps(Instrument instrument) {
        return (long) instrument.sizeDecimals() << STEP_BITS | instrument.priceDecimals();
    }

    /** The instrument in steps of that number. */
    static Instrument inSteps(long steps, Instrument instrument) {
        return instrument.in((int) (steps & STEP_MASK), (int) (steps >> STEP_BITS & STEP_MASK));
    }

    /** Whether a bar is final, and its steps. */
    static long form(boolean isFinal, Instrument instrument) {
        return steps(instrument) << 1 | (isFinal ? 1 : 0);
    }

    /** Conditions as bits. */
    static long bits(Set<Condition> conditions) {
        long bits = 0;
        for (Condition condition : conditions) {
            bits |= 1L << of(CONDITIONS, condition);
        }
        return bits;
    }

    static Set<Condition> conditions(long bits) {
        if (bits == 0) {
            return Set.of();
        }
        Set<Condition> conditions = EnumSet.noneOf(Condition.class);
        for (int i = 0; i < CONDITIONS.size(); i++) {
            if ((bits & (1L << i)) != 0) {
                conditions.add(CONDITIONS.get(i));
            }
        }
        return Set.copyOf(conditions);
    }
}
