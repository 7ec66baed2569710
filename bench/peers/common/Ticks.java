import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The market of all peers in Java: each symbol in turn at a steady rate, every row stamped with when it was due. Where a
 * peer sends too slowly its market runs late, and the stamps show it.
 */
final class Ticks {
    interface Market {
        /** One tick, on the thread that {@link #run} was called on. */
        void tick(int symbol, String row);

        /** After the last tick that is due. */
        default void rest() {}
    }

    private final List<String> names;
    private final double rate;
    private final long[] bids;
    private final StringBuilder row = new StringBuilder(160);

    /** From SYMBOL_FILE SYMBOLS EVENTS_PER_SECOND. */
    static Ticks of(String file, String symbols, String rate) throws IOException {
        return new Ticks(Files.readAllLines(Path.of(file)).subList(0, Integer.parseInt(symbols)), Double.parseDouble(rate));
    }

    private Ticks(List<String> names, double rate) {
        this.names = names;
        this.rate = rate;
        bids = new long[names.size()];
        for (int i = 0; i < bids.length; i++) {
            bids[i] = 10_000 + i * 7919L % 40_000;
        }
    }

    /** Which symbols a client follows that sent this: * or names with commas between. */
    boolean[] follows(String text) {
        boolean[] follows = new boolean[names.size()];
        if (text.equals("*")) {
            Arrays.fill(follows, true);
            return follows;
        }
        Set<String> wanted = Set.of(text.split(","));
        for (int i = 0; i < follows.length; i++) {
            follows[i] = wanted.contains(names.get(i));
        }
        return follows;
    }

    void start(Market market) {
        Thread thread = new Thread(() -> run(market), "market");
        thread.setDaemon(false);
        thread.start();
    }

    private void run(Market market) {
        if (rate <= 0) {
            return;
        }
        long start = System.nanoTime();
        long startMicros = System.currentTimeMillis() * 1000;
        for (long count = 0; ; ) {
            long offset = (long) (count / rate * 1e9);
            long left = start + offset - System.nanoTime();
            if (left > 0) {
                market.rest();
                LockSupport.parkNanos(left);
                continue;
            }
            int symbol = (int) (count % names.size());
            market.tick(symbol, row(symbol, count / names.size(), startMicros + offset / 1000));
            count++;
        }
    }

    private String row(int symbol, long round, long dueMicros) {
        bids[symbol] += (round * 7 + symbol) % 5 - 2;
        row.setLength(0);
        row.append("{\"symbol\":\"").append(names.get(symbol)).append("\",\"seq\":").append(round + 1).append(",\"bid\":");
        price(bids[symbol]);
        row.append(",\"bid_size\":").append((symbol % 9 + 1) * 100).append(",\"ask\":");
        price(bids[symbol] + 3);
        row.append(",\"ask_size\":").append((symbol % 7 + 1) * 100).append(",\"ts\":").append(dueMicros / 1000).append('.');
        int micros = (int) (dueMicros % 1000);
        row.append((char) ('0' + micros / 100)).append((char) ('0' + micros / 10 % 10)).append((char) ('0' + micros % 10));
        return row.append('}').toString();
    }

    private void price(long cents) {
        row.append(cents / 100).append('.').append((char) ('0' + cents / 10 % 10)).append((char) ('0' + cents % 10));
    }
}
