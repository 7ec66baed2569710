package tickerplant.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tickerplant.checker.Observatory;
import tickerplant.feed.Feed;
import tickerplant.market.Clock;
import tickerplant.market.Events;
import tickerplant.market.Listed;

/** Symbols S0, S1 … that move evenly, by trades and quotes drawn from a seed, while a test lets them. */
final class MovingMarket {
    private final List<String> symbols;
    private final int eventsPerSecond;
    private final Random random;
    private final Play play;
    private long events;

    MovingMarket(Observatory observatory, int symbolCount, int eventsPerSecond, long seed) {
        this.symbols = IntStream.range(0, symbolCount).mapToObj(i -> "S" + i).toList();
        this.eventsPerSecond = eventsPerSecond;
        this.random = new Random(seed);
        this.play = new Play(
                observatory,
                symbols.stream().map(symbol -> Events.listed(symbol, 10_000)).toArray(Listed[]::new));
    }

    Feed feed() {
        return play.feed();
    }

    List<String> symbols() {
        return symbols;
    }

    /** Lets all symbols move for so long. */
    void moves(Duration span) throws InterruptedException {
        long start = Clock.SYSTEM.nanos();
        long first = events;
        long total = span.toMillis() * eventsPerSecond / 1_000;
        while (events - first < total) {
            long due = (Clock.SYSTEM.nanos() - start) * eventsPerSecond / 1_000_000_000L;
            while (events - first < Math.min(due, total)) {
                move();
            }
            Clock.SYSTEM.sleepUntil(Clock.SYSTEM.nanos() + 2_000_000);
        }
    }

    /** Every price occurs once, so that a mix-up shows. */
    private void move() {
        String symbol = symbols.get(random.nextInt(symbols.size()));
        long price = 10_000 + 2 * ++events;
        play.plays(
                random.nextInt(3) == 0
                        ? Events.trade(symbol, price, 100 + events % 50, events)
                        : Events.quote(symbol, price - 1, price, events));
    }
}
