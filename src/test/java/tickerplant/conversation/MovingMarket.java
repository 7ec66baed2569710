package tickerplant.conversation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import tickerplant.checker.Key;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
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
    private final Map<String, Long> seqs = new HashMap<>();
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

    /** A feed that goes on in another service, once the one before has stopped. */
    Feed feedAgain() {
        return play.feedAgain();
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

    /** Plays so many events as fast as they are taken, and returns when the last of them has been. */
    void plays(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            move();
        }
        play.awaitTaken();
    }

    /** Waits until the client stands where the market does, in every symbol of the channel. */
    void isHeard(TestClient client, String channel) {
        for (String symbol : symbols) {
            long seq = seq(channel, symbol);
            client.awaitState(
                    Key.of(channel, symbol), channel + " " + symbol + " at " + seq, state -> state.seq() == seq);
        }
    }

    /** The sequence at which the symbol stands in the channel. */
    long seq(String channel, String symbol) {
        return seqs.getOrDefault(channel + " " + symbol, 0L);
    }

    /** Every price occurs once, so that a mix-up shows. */
    private void move() {
        String symbol = symbols.get(random.nextInt(symbols.size()));
        long price = 10_000 + 2 * ++events;
        boolean trade = random.nextInt(3) == 0;
        seqs.merge("ticker " + symbol, 1L, Long::sum);
        if (trade) {
            seqs.merge("trades " + symbol, 1L, Long::sum);
        }
        play.plays(
                trade
                        ? Events.trade(symbol, price, 100 + events % 50, events)
                        : Events.quote(symbol, price - 1, price, events));
    }
}
