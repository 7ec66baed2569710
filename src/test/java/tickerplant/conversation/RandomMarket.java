package tickerplant.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import tickerplant.checker.Observatory;
import tickerplant.feed.Feed;
import tickerplant.market.Cancel;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Events;
import tickerplant.market.Listed;
import tickerplant.market.News;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

/** Events of every kind that a feed can tell, drawn from a seed, some of them such as must be refused. */
final class RandomMarket {
    private static final List<Phase> PHASES = List.of(Phase.values());
    private static final int MOST_LISTED = 3;
    private static final long FIRST_MICROS = 1_000_000_000_000_000L;
    private static final long SECOND = 1_000_000;

    /** A trade that can be taken back, once. */
    private record Printed(String symbol, String id, long dayEnd) {}

    private final Random random;
    private final Play play;
    private final List<String> symbols = new ArrayList<>(Script.SYMBOLS);
    private final List<Printed> printed = new ArrayList<>();
    private long events;
    private long now = FIRST_MICROS;

    RandomMarket(Observatory observatory, Script script) {
        random = new Random(script.seed());
        Listed[] listed =
                symbols.stream().map(symbol -> Events.listed(symbol, 10_000)).toArray(Listed[]::new);
        play = script.isReplay() ? Play.ofOldTimes(observatory, listed) : new Play(observatory, listed);
    }

    Feed feed() {
        return play.feed();
    }

    /** Plays so many events as fast as they are taken. */
    void plays(int count) {
        for (int i = 0; i < count; i++) {
            move();
        }
    }

    /** Returns when every event has been handed to the service. */
    void awaitTaken() throws InterruptedException {
        play.awaitTaken();
    }

    /** Every price occurs once, so that a mix-up shows. */
    private void move() {
        String symbol = symbols.get(random.nextInt(symbols.size()));
        events++;
        long ts = time();
        long price = 10_000 + 2 * events;
        switch (random.nextInt(100)) {
            case 0 -> play.plays(new Status(any(symbol), PHASES.get(random.nextInt(PHASES.size())), "r" + events, ts));
            case 1 -> play.plays(new News(any(symbol), "headline " + events, "", "wire", ts));
            case 2, 3, 4 -> cancel(ts);
            case 5 -> play.playsRefused(refused(symbol, price, ts));
            case 6 -> {
                if (random.nextInt(10) == 0 && symbols.size() < Script.SYMBOLS.size() + MOST_LISTED) {
                    symbols.add("NEW" + (symbols.size() - Script.SYMBOLS.size()));
                    play.lists(Events.listed(symbols.get(symbols.size() - 1), price));
                }
            }
            case 7, 8, 9 -> play.plays(new Quote(new Symbol(symbol), Decimal.ABSENT, Decimal.ABSENT, price, 100, ts));
            case 10, 11, 12, 13, 14 -> play.plays(Events.oddLot(symbol, price, 1 + random.nextInt(99), ts));
            default -> {
                if (random.nextBoolean()) {
                    play.plays(trade(symbol, price, 100 + random.nextInt(900), ts));
                    printed.add(new Printed(symbol, "n" + events, play.dayEnd(symbol)));
                } else {
                    play.plays(Events.quote(symbol, price - 1, price, ts));
                }
            }
        }
    }

    /** The time of the next event: mostly a moment later, sometimes much, rarely another day, or late by up to a minute. */
    private long time() {
        int dice = random.nextInt(1_500);
        if (dice == 0) {
            now += 12 * 3_600 * SECOND;
        } else if (dice < 75) {
            now += 1 + random.nextLong(60 * SECOND);
        } else if (dice < 600) {
            now += 1 + random.nextLong(2 * SECOND);
        } else {
            now += 1_000;
        }
        return random.nextInt(20) == 0 ? now - random.nextLong(50 * SECOND) : now;
    }

    private Trade trade(String symbol, long price, long size, long ts) {
        return new Trade(new Symbol(symbol), price, size, Side.UNKNOWN, "n" + events, "", Set.of(), ts);
    }

    /** Takes a trade back; one of an earlier day than the symbol is in by then can't be. */
    private void cancel(long ts) {
        if (!printed.isEmpty()) {
            Printed trade = printed.remove(random.nextInt(printed.size()));
            Cancel cancel = new Cancel(new Symbol(trade.symbol()), trade.id(), ts);
            if (trade.dayEnd() == play.dayEnd(trade.symbol()) && ts < trade.dayEnd()) {
                play.plays(cancel);
            } else {
                play.playsRefused(cancel);
            }
        }
    }

    private Event refused(String symbol, long price, long ts) {
        return switch (random.nextInt(5)) {
            case 0 -> Events.trade(symbol, -price, 100, ts);
            case 1 -> Events.trade(symbol, price, 0, ts);
            case 2 -> Events.quote(symbol, -1, price, ts);
            case 3 -> new Cancel(new Symbol(symbol), "never", ts);
            default -> Events.trade("QQQ", price, 100, ts);
        };
    }

    private Symbol any(String symbol) {
        return random.nextInt(3) == 0 ? Symbol.WHOLE_MARKET : new Symbol(symbol);
    }
}
