package tickerplant.feed.simulated;

import java.util.Set;
import tickerplant.market.Condition;
import tickerplant.market.Event;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

/** One share's order book, as far as the outside sees it: a best bid and ask around a fair price, and trades at them. */
final class StockBook {
    static final int PRICE_DECIMALS = 2;
    static final String VENUE = "SIM";

    private static final double TRADE_CHANCE = 0.25;
    private static final double ODD_LOT_CHANCE = 0.3;
    private static final double SWEEP_CHANCE = 0.06;
    private static final double INSIDE_CHANCE = 0.2;
    /** Own movement: some 2 hundredths of a percent in a second, 4 % in the long run. */
    private static final double STEP = 2e-4;

    private static final double LONG_RUN = 0.04;
    private static final Set<Condition> REGULAR = Set.of();
    private static final Set<Condition> ODD_LOT = Set.of(Condition.ODD_LOT);
    private static final Set<Condition> SWEEP = Set.of(Condition.INTERMARKET_SWEEP);

    private final Symbol symbol;
    private final double openingCents;
    private final double sensitivity;
    private final double relativeSpread;
    private final int roundLot;
    private final Walk own = new Walk(STEP, LONG_RUN);
    private long movedAt;
    private long trades;
    private long bid;
    private long bidSize;
    private long ask;
    private long askSize;

    /**
     * A book that nobody has quoted in yet.
     *
     * @param symbol the share
     * @param openingCents its fair price at the start, in cents
     * @param sensitivity how much of the market's movement it follows, 1 for all of it
     * @param relativeSpread how far ask and bid are apart, as a part of the price
     */
    StockBook(Symbol symbol, long openingCents, double sensitivity, double relativeSpread) {
        this.symbol = symbol;
        this.openingCents = openingCents;
        this.sensitivity = sensitivity;
        this.relativeSpread = relativeSpread;
        this.roundLot = roundLot(openingCents);
    }

    /** The size of a round lot by price, as Rule 600(b) of Regulation NMS has it. */
    static int roundLot(long cents) {
        if (cents <= 250_00) {
            return 100;
        }
        if (cents <= 1_000_00) {
            return 40;
        }
        return cents <= 10_000_00 ? 10 : 1;
    }

    /**
     * What happens next in this book.
     *
     * @param offset when, in nanoseconds from the start
     * @param tide where the market and the sector stand, as a logarithm
     * @param intensity how busy the market is, 1 on average
     * @param ts the event's time, in microseconds since the epoch
     */
    Event next(long offset, double tide, double intensity, long ts, Dice dice) {
        own.advance((offset - movedAt) * 1e-9 * intensity, dice);
        movedAt = offset;
        double fair = openingCents * StrictMath.exp(sensitivity * tide + own.value());
        return ask > 0 && dice.chance(TRADE_CHANCE) ? trade(fair, ts, dice) : quote(fair, intensity, ts, dice);
    }

    private Quote quote(double fair, double intensity, long ts, Dice dice) {
        double width = fair * relativeSpread * (0.6 + 0.4 * Math.sqrt(intensity)) * (0.6 + 0.8 * dice.even());
        long spread = Math.max(1, (long) (width + 0.5));
        long newBid = Math.max(1, (long) (fair - 0.5 * spread + dice.even() - 0.5));
        long newBidSize = (long) dice.few() * roundLot;
        long newAskSize = (long) dice.few() * roundLot;
        if (newBid == bid && newBid + spread == ask && newBidSize == bidSize && newAskSize == askSize) {
            newBidSize += roundLot;
        }
        bid = newBid;
        ask = newBid + spread;
        bidSize = newBidSize;
        askSize = newAskSize;
        return new Quote(symbol, bid, bidSize, ask, askSize, ts);
    }

    private Trade trade(double fair, long ts, Dice dice) {
        // Who thinks the price is about to rise buys before it does.
        double lean = (2 * fair - bid - ask) / (ask - bid);
        boolean buys = dice.chance(0.5 + 0.4 * Math.max(-1, Math.min(1, lean)));
        long inside = ask - bid - 1;
        long price = buys ? ask : bid;
        if (inside > 0 && dice.chance(INSIDE_CHANCE)) {
            price = bid + 1 + dice.below((int) inside);
        }
        long size;
        Set<Condition> conditions;
        if (roundLot > 1 && dice.chance(ODD_LOT_CHANCE)) {
            size = 1L + dice.below(roundLot - 1);
            conditions = ODD_LOT;
        } else {
            size = (long) dice.few() * roundLot;
            conditions = dice.chance(SWEEP_CHANCE) ? SWEEP : REGULAR;
        }
        trades++;
        return new Trade(
                symbol, price, size, buys ? Side.BUY : Side.SELL, Long.toString(trades), VENUE, conditions, ts);
    }
}
