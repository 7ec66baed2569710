package tickerplant.containers;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import tickerplant.checker.FeedRecord;

/**
 * A market that a container plays from a recording, and that the checkers know line by line. STILL has one trade and one
 * quote, at once, and nothing after; MOVE0 to MOVE9 move for ten minutes, with trades that are taken back, halts and news.
 * Every price occurs once, so that a mix-up shows. Immutable.
 */
public final class PlayedMarket {
    /** The symbols that move. */
    public static final List<String> MOVING =
            IntStream.range(0, 10).mapToObj(i -> "MOVE" + i).toList();

    /** What STILL stands at, from its second event on. */
    static final String STILL =
            """
        "symbol":"STILL","seq":2,"name":"Still Inc.","currency":"USD","last":189.32,"last_size":100,"bid":189.31,
        "bid_size":300,"ask":189.33,"ask_size":200,"open":189.32,"high":189.32,"low":189.32,"prev_close":188,
        "change":1.32,"change_pct":0.7,"volume":100,"trades":1""";

    private static final int EVENTS = 120_000;
    private static final int MICROS_BETWEEN = 5_000;
    /** In the middle of a day, so that no day ends while it is played. */
    private static final long START_MICROS = 1_767_362_400_000_000L;

    /** A line of the recording, and the word to the checkers about it. */
    private record Line(String text, Telling telling) {}

    private interface Telling {
        void to(FeedRecord record);
    }

    private final List<Line> lines = new ArrayList<>();

    /** Always the same one. */
    public PlayedMarket() {
        line(
                "instrument",
                "STILL",
                START_MICROS,
                "\"name\":\"Still Inc.\",\"currency\":\"USD\",\"prev_close\":188",
                record -> record.known("STILL", "188"));
        trade("STILL", START_MICROS, "189.32", 100);
        quote("STILL", START_MICROS + 1, "189.31", "189.33");
        Random random = new Random(3);
        Map<String, Long> newest = new HashMap<>();
        for (int i = 1; i <= EVENTS; i++) {
            String symbol = MOVING.get(random.nextInt(MOVING.size()));
            long ts = START_MICROS + (long) i * MICROS_BETWEEN;
            if (i % 200 == 0) {
                String phase = i % 400 == 0 ? "open" : "halted";
                line("status", symbol, ts, "\"phase\":\"" + phase + "\",\"reason\":\"of " + i + "\"", record -> {});
            } else if (i % 300 == 0) {
                String headline = "Headline " + i;
                line("news", symbol, ts, "\"headline\":\"" + headline + "\"", record -> record.news(symbol, headline));
            } else if (i % 97 == 0 && newest.containsKey(symbol)) {
                line(
                        "cancel",
                        symbol,
                        ts,
                        "\"id\":\"t" + newest.remove(symbol) + "\"",
                        record -> record.cancel(symbol));
            } else if (random.nextInt(3) == 0) {
                newest.put(symbol, ts);
                trade(symbol, ts, price(2L * i), 100 + i % 50);
            } else {
                quote(symbol, ts, price(2L * i - 1), price(2L * i));
            }
        }
    }

    private static String price(long cents) {
        return BigDecimal.valueOf(10_000 + cents, 2).toPlainString();
    }

    private void trade(String symbol, long ts, String price, int size) {
        line(
                "trade",
                symbol,
                ts,
                "\"id\":\"t" + ts + "\",\"price\":" + price + ",\"size\":" + size,
                record -> record.trade(symbol, price, String.valueOf(size)));
    }

    private void quote(String symbol, long ts, String bid, String ask) {
        line(
                "quote",
                symbol,
                ts,
                "\"bid\":" + bid + ",\"bid_size\":300,\"ask\":" + ask + ",\"ask_size\":200",
                record -> record.quote(symbol, bid, ask));
    }

    private void line(String kind, String symbol, long ts, String rest, Telling telling) {
        String millis = BigDecimal.valueOf(ts, 3).toPlainString();
        lines.add(new Line(
                "{\"kind\":\"" + kind + "\",\"symbol\":\"" + symbol + "\",\"ts\":" + millis + "," + rest + "}",
                telling));
    }

    /** Writes it down for the container. */
    public void write(Path file) throws IOException {
        Files.write(file, lines.stream().map(Line::text).toList());
    }

    /** Tells the checkers all of it, what is still to come too. */
    public void tell(FeedRecord record) {
        lines.forEach(line -> line.telling().to(record));
    }
}
