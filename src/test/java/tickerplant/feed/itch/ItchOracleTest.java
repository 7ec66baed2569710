package tickerplant.feed.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tickerplant.feed.iex.Heard;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Quote;
import tickerplant.market.Trade;

/** Compares each event of a recorded day with a second, plainer decoding of it, in which a book is a list of its orders. */
class ItchOracleTest {
    private static final Path FILE = Path.of("..", "shared", "data", "itch", "ex20101224.TEST_ITCH_50.gz");

    @Test
    void everyTradeAndEveryTopOfTheBookIsAsAPlainDecoderHasIt() throws Exception {
        Assumptions.assumeTrue(Files.isRegularFile(FILE), FILE + " is absent: real captures are not tested");
        ItchFile file = new ItchFile(ItchOracleTest::open, "f", "", LocalDate.of(2010, 12, 24));
        assertEquals(3, file.instruments().size());
        Heard heard = new Heard();
        file.play(heard);
        List<String> told = new ArrayList<>();
        for (Event event : heard.events()) {
            if (event instanceof Trade t) {
                told.add("T " + t.symbol() + " " + t.price() + " " + t.size() + " " + t.id());
            } else if (event instanceof Quote q) {
                told.add("Q " + q.symbol() + " " + side(q.bidPrice(), q.bidSize()) + " "
                        + side(q.askPrice(), q.askSize()));
            }
        }
        Plain plain = new Plain();
        try (InputStream in = open()) {
            plain.read(in.readAllBytes());
        }

        assertEquals(5_000, plain.counts.get('A') + plain.counts.get('F'));
        assertEquals(5_000, plain.counts.get('P'));
        assertEquals(1_745, plain.counts.get('D'));
        assertEquals(198, plain.counts.get('E'));
        // The file is artificial, and executes 18 orders that it never added: nobody can know their price.
        assertEquals(5_198 - 18, heard.events(Trade.class).size());
        assertEquals(94 + 18 + 3 + 2, heard.damage().size());
        assertTrue(heard.damage().stream().allMatch(line -> line.endsWith("which is not known")));
        assertEquals(plain.told.size(), told.size());
        for (int i = 0; i < told.size(); i++) {
            assertEquals(plain.told.get(i), told.get(i), "event " + i);
        }
        assertEquals(392, heard.events(Quote.class).size());
    }

    private static String side(long price, long size) {
        return price == Decimal.ABSENT ? "-" : price + "x" + size;
    }

    private static InputStream open() throws IOException {
        return new GZIPInputStream(Files.newInputStream(FILE), 64 * 1024);
    }

    /** Takes the length of each message from its type, and adds all orders up each time. */
    private static final class Plain {
        private record Order(String symbol, char side, long price, long shares) {}

        private final List<String> told = new ArrayList<>();
        private final Map<Character, Integer> counts = new HashMap<>();
        private final Map<String, Order> orders = new HashMap<>();
        private final Map<String, String> tops = new HashMap<>();

        void read(byte[] file) {
            Map<Character, Integer> lengths =
                    Map.of('S', 12, 'R', 39, 'H', 25, 'A', 36, 'F', 40, 'E', 31, 'X', 23, 'D', 19, 'U', 35, 'P', 44);
            for (int at = 2; at < file.length; ) {
                char type = (char) file[at];
                counts.merge(type, 1, Integer::sum);
                message(type, file, at);
                at += lengths.get(type) + 2;
            }
        }

        private void message(char type, byte[] file, int at) {
            String order = at + 19 > file.length ? "" : number(file, at + 11, 8).toString();
            switch (type) {
                case 'A', 'F' -> {
                    orders.put(
                            order,
                            new Order(
                                    text(file, at + 24),
                                    (char) file[at + 19],
                                    number(file, at + 32, 4).longValue(),
                                    number(file, at + 20, 4).longValue()));
                    tell(text(file, at + 24));
                }
                case 'P' ->
                    told.add("T " + text(file, at + 24) + " " + number(file, at + 32, 4) + " "
                            + number(file, at + 20, 4) + " " + number(file, at + 36, 8));
                case 'E', 'X', 'D' -> {
                    Order before = orders.get(order);
                    if (before == null) {
                        return;
                    }
                    long shares = type == 'D'
                            ? before.shares
                            : number(file, at + 19, 4).longValue();
                    if (type == 'E') {
                        told.add("T " + before.symbol + " " + before.price + " " + shares + " "
                                + number(file, at + 23, 8));
                    }
                    reduce(order, before, shares);
                    tell(before.symbol);
                }
                case 'U' -> {
                    Order before = orders.remove(order);
                    if (before == null) {
                        return;
                    }
                    orders.put(
                            number(file, at + 19, 8).toString(),
                            new Order(
                                    before.symbol,
                                    before.side,
                                    number(file, at + 31, 4).longValue(),
                                    number(file, at + 27, 4).longValue()));
                    tell(before.symbol);
                }
                default -> {}
            }
        }

        private void reduce(String order, Order before, long shares) {
            if (before.shares == shares) {
                orders.remove(order);
            } else {
                orders.put(order, new Order(before.symbol, before.side, before.price, before.shares - shares));
            }
        }

        private void tell(String symbol) {
            TreeMap<Long, Long> bids = new TreeMap<>();
            TreeMap<Long, Long> asks = new TreeMap<>();
            for (Order order : orders.values()) {
                if (order.symbol.equals(symbol)) {
                    (order.side == 'B' ? bids : asks).merge(order.price, order.shares, Long::sum);
                }
            }
            String top = best(bids.lastEntry()) + " " + best(asks.firstEntry());
            if (!top.equals(tops.put(symbol, top))) {
                told.add("Q " + symbol + " " + top);
            }
        }

        private static String best(Map.Entry<Long, Long> level) {
            return level == null ? "-" : level.getKey() + "x" + level.getValue();
        }

        private static BigInteger number(byte[] file, int at, int length) {
            return new BigInteger(1, file, at, length);
        }

        private static String text(byte[] file, int at) {
            return new String(file, at, 8, StandardCharsets.US_ASCII).strip();
        }
    }
}
