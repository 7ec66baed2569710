package tickerplant.session;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.LongPredicate;
import tickerplant.market.Instrument;

/**
 * What a client wants to be told once.
 *
 * @param field which number it watches
 * @param op in which way
 * @param value the number that it is compared with; for {@link Op#MOVES_PCT} positive
 */
public record AlertRule(AlertField field, Op op, BigDecimal value) {
    /** In which way a number is watched. */
    public enum Op {
        /** It comes from strictly one side of the value to the other, or reaches it. */
        CROSSES,
        /** It is greater than the value. */
        ABOVE,
        /** It is less than the value. */
        BELOW,
        /** It is at least so many per cent away from where it was at first, in either direction. */
        MOVES_PCT
    }

    /** What tells of each value in turn, the one at the start first, whether it is the one that is waited for. */
    LongPredicate trigger(Instrument instrument) {
        if (op == Op.MOVES_PCT) {
            return new Move(value);
        }
        Threshold threshold = Threshold.of(value, field.decimals(instrument));
        return switch (op) {
            case ABOVE -> steps -> threshold.side(steps) > 0;
            case BELOW -> steps -> threshold.side(steps) < 0;
            default -> new Crossing(threshold);
        };
    }

    /** Remembers on which side the value was. */
    private static final class Crossing implements LongPredicate {
        private final Threshold threshold;
        private int side;

        Crossing(Threshold threshold) {
            this.threshold = threshold;
        }

        @Override
        public boolean test(long steps) {
            int before = side;
            side = threshold.side(steps);
            return before != 0 && side != before;
        }
    }

    /** Takes the first value as that from which moves are reckoned. */
    private static final class Move implements LongPredicate {
        private final BigDecimal part;
        private boolean begun;
        private long lowest;
        private long highest;

        Move(BigDecimal percent) {
            this.part = percent.movePointLeft(2);
        }

        @Override
        public boolean test(long steps) {
            if (!begun) {
                begun = true;
                BigDecimal start = BigDecimal.valueOf(steps);
                BigDecimal way = start.multiply(part);
                lowest = Threshold.within(
                        start.subtract(way).setScale(0, RoundingMode.FLOOR).toBigInteger());
                highest = Threshold.within(
                        start.add(way).setScale(0, RoundingMode.CEILING).toBigInteger());
                return false;
            }
            return steps <= lowest || steps >= highest;
        }
    }
}
