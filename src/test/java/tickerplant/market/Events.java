package tickerplant.market;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Instruments and events for tests: one way to make each, and generated runs of them. */
public final class Events {
    public static final Symbol ACME = new Symbol("ACME");
    public static final Instrument ACME_INC = new Instrument(ACME, "Acme Inc.", "USD", "TEST", 2, 0, ZoneOffset.UTC);

    private Events() {}

    public static Listed listed(String symbol, long prevClose) {
        Instrument instrument =
                new Instrument(new Symbol(symbol), symbol + " Inc.", "USD", "TEST", 2, 0, ZoneOffset.UTC);
        return new Listed(instrument, "test", prevClose, 1);
    }

    public static Trade trade(String symbol, long price, long size, long ts) {
        return new Trade(new Symbol(symbol), price, size, Side.UNKNOWN, "t" + ts, "", Set.of(), ts);
    }

    public static Trade oddLot(String symbol, long price, long size, long ts) {
        return new Trade(new Symbol(symbol), price, size, Side.UNKNOWN, "t" + ts, "", Set.of(Condition.ODD_LOT), ts);
    }

    public static Quote quote(String symbol, long bid, long ask, long ts) {
        return new Quote(new Symbol(symbol), bid, 100, ask, 200, ts);
    }

    /** Trades of all kinds, quotes with absent sides, cancels of trades before and of none, and day rolls. */
    public static List<Event> generated(String symbol, long seed, int count) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        List<String> tradeIds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long ts = 1_000L + i;
            long price = 10_000 + random.nextLong(500);
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> {
                    tradeIds.add("t" + ts);
                    events.add(
                            random.nextInt(4) == 0
                                    ? oddLot(symbol, price, 1 + random.nextLong(99), ts)
                                    : trade(symbol, price, 100 * (1 + random.nextLong(9)), ts));
                }
                case 4 -> {
                    String id = tradeIds.isEmpty() ? "none" : tradeIds.get(random.nextInt(tradeIds.size()));
                    events.add(new Cancel(new Symbol(symbol), id, ts));
                }
                case 5 -> events.add(new Quote(new Symbol(symbol), Decimal.ABSENT, Decimal.ABSENT, price, 100, ts));
                case 6 ->
                    events.add(
                            random.nextInt(20) == 0
                                    ? new DayRoll(new Symbol(symbol), ts)
                                    : quote(symbol, price - 1, price, ts));
                default -> events.add(quote(symbol, price - 1 - random.nextLong(3), price, ts));
            }
        }
        return events;
    }
}
