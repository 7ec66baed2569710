package tickerplant.journal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tickerplant.market.Clock;
import tickerplant.market.Events;
import tickerplant.market.LogEntry;
import tickerplant.market.Receipt;

/**
 * A process of its own that publishes until it is killed: message after message of a few trades, at 5,000 trades a second.
 * It says which messages it was told are safe. The price of every trade is the number of its message and its place in it.
 */
final class Publishing {
    /** How many symbols there are. */
    static final int SYMBOLS = 20;

    /** How many trades a message has at most. */
    static final int MOST = 8;

    private static final int TRADES_PER_SECOND = 5_000;

    private Publishing() {}

    /** The price of a message's trade. */
    static long price(long pseq, int place) {
        return pseq * MOST + place + 1;
    }

    /** How many trades a message has. */
    static int trades(long pseq) {
        return 1 + new Random(pseq).nextInt(MOST);
    }

    /** Publishes into a folder. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Desk desk = new Desk(Path.of(arguments[0]), arguments[1])) {
            for (int i = 0; i < SYMBOLS; i++) {
                desk.happens(Events.listed("S" + i, 10_000));
            }
            out.println("epoch " + desk.journal.epoch());
            long pseq = desk.journal.pseq("killed").orElse(0);
            long started = Clock.SYSTEM.nanos();
            long trades = 0;
            while (true) {
                long number = ++pseq;
                Random random = new Random(number);
                List<LogEntry> message = new ArrayList<>();
                random.nextInt(MOST);
                for (int i = 0; i < trades(number); i++) {
                    message.add(Events.trade(
                            "S" + random.nextInt(SYMBOLS), price(number, i), 1, 1_000 + number * MOST + i));
                }
                desk.publishes("killed", number, message, new Receipt() {
                    @Override
                    public void safe() {
                        out.println("safe " + number);
                    }

                    @Override
                    public void lost(String reason) {
                        out.println("lost " + number + " " + reason);
                    }
                });
                trades += message.size();
                Clock.SYSTEM.sleepUntil(started + trades * 1_000_000_000L / TRADES_PER_SECOND);
            }
        }
    }
}
