package tickerplant.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickerplant.market.Cancel;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Quote;
import tickerplant.market.Trade;

/**
 * Compares each event of a real capture with a second, plainer decoding of it. Data provided for free by IEX. By accessing
 * or using IEX Historical Data, you agree to the IEX Historical Data Terms of Use.
 */
class DeepOracleTest {
    private static final Path FILE = Path.of("..", "shared", "data", "iex", "DEEP10.pcap.gz");

    @BeforeEach
    void theCaptureIsThere() {
        Assumptions.assumeTrue(Files.isRegularFile(FILE), FILE + " is absent: real captures are not tested");
    }

    @Test
    void everyTradeAndEveryTopOfTheBookIsAsAPlainDecoderHasIt() throws Exception {
        IexCapture capture = new IexCapture(DeepOracleTest::open, "f", "");
        capture.instruments();
        Heard heard = new Heard();
        capture.play(heard);
        List<String> told = new ArrayList<>();
        Set<String> traded = new HashSet<>();
        for (Event event : heard.events()) {
            if (event instanceof Trade t) {
                traded.add(t.symbol().name());
                told.add("T " + t.symbol() + " " + t.ts() + " " + t.price() + " " + t.size() + " " + t.id());
            } else if (event instanceof Cancel c) {
                told.add("B " + c.symbol() + " " + c.ts() + " " + c.tradeId());
            } else if (event instanceof Quote q) {
                told.add("Q " + q.symbol() + " " + q.ts() + " " + side(q.bidPrice(), q.bidSize()) + " "
                        + side(q.askPrice(), q.askSize()));
            }
        }
        Plain plain = new Plain();
        plain.read(unpacked());

        assertEquals(83_343, heard.events(Trade.class).size());
        assertEquals(19, traded.size());
        assertEquals(73, heard.events(Cancel.class).size());
        assertEquals(26_426, plain.completed);
        assertEquals(plain.told.size(), told.size());
        for (int i = 0; i < told.size(); i++) {
            assertEquals(plain.told.get(i), told.get(i), "event " + i);
        }
        // Eleven restarts of the exchange's test system, and a packet that the end of the file cuts.
        assertEquals(12, heard.damage().size(), heard.damage().toString());
        assertTrue(heard.damage().get(0).contains("begins anew"), heard.damage().get(0));
        assertTrue(
                heard.damage().get(11).contains("the file ends inside a record"),
                heard.damage().get(11));
    }

    private static String side(long price, long size) {
        return price == Decimal.ABSENT ? "-" : price + "x" + size;
    }

    private static InputStream open() throws IOException {
        return new GZIPInputStream(Files.newInputStream(FILE), 64 * 1024);
    }

    private static ByteBuffer unpacked() throws IOException {
        try (InputStream in = open()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            in.transferTo(out);
            return ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Trusts the file to be what it is: Ethernet, IPv4 and UDP without options, one session, one channel. */
    private static final class Plain {
        private final List<String> told = new ArrayList<>();
        private final Map<String, List<TreeMap<Long, Long>>> books = new HashMap<>();
        private final Map<String, String> tops = new HashMap<>();
        private long expected;
        private int completed;

        void read(ByteBuffer file) {
            int at = 24;
            while (at < file.capacity()) {
                int length = file.getInt(at + 8);
                packet(file, at + 16 + 42, Math.min(at + 16 + length, file.capacity()));
                at += 16 + length;
            }
        }

        private void packet(ByteBuffer file, int at, int end) {
            int count = file.getShort(at + 14) & 0xFFFF;
            long first = file.getLong(at + 24);
            if (count == 0 || at + 40 + (file.getShort(at + 12) & 0xFFFF) > end) {
                return;
            }
            if (expected != 0 && first != expected) {
                assertEquals(1, first);
                for (String symbol : List.copyOf(books.keySet())) {
                    books.get(symbol).forEach(Map::clear);
                }
                for (Map.Entry<String, String> top : tops.entrySet()) {
                    if (!top.getValue().equals("- -")) {
                        top.setValue("- -");
                        told.add("Q " + top.getKey() + " " + file.getLong(at + 32) / 1_000 + " - -");
                    }
                }
            }
            expected = first + count;
            int message = at + 40;
            for (int i = 0; i < count; i++) {
                message(file, message + 2);
                message += 2 + file.getShort(message);
            }
        }

        private void message(ByteBuffer file, int at) {
            char type = (char) file.get(at);
            String head = text(file, at + 10) + " " + file.getLong(at + 2) / 1_000;
            if (type == 'T') {
                told.add("T " + head + " " + file.getLong(at + 22) + " " + file.getInt(at + 18) + " "
                        + file.getLong(at + 30));
            } else if (type == 'B') {
                told.add("B " + head + " " + file.getLong(at + 30));
            } else if (type == '8' || type == '5') {
                level(file, at, type, head);
            }
        }

        private void level(ByteBuffer file, int at, char type, String head) {
            String symbol = text(file, at + 10);
            List<TreeMap<Long, Long>> book =
                    books.computeIfAbsent(symbol, key -> List.of(new TreeMap<>(), new TreeMap<>()));
            TreeMap<Long, Long> side = book.get(type == '8' ? 0 : 1);
            long size = file.getInt(at + 18);
            if (size == 0) {
                side.remove(file.getLong(at + 22));
            } else {
                side.put(file.getLong(at + 22), size);
            }
            if (file.get(at + 1) != 1) {
                return;
            }
            completed++;
            String top = best(book.get(0).lastEntry()) + " " + best(book.get(1).firstEntry());
            if (!top.equals(tops.getOrDefault(symbol, "- -"))) {
                tops.put(symbol, top);
                told.add("Q " + head + " " + top);
            }
        }

        private static String best(Map.Entry<Long, Long> level) {
            return level == null ? "-" : level.getKey() + "x" + level.getValue();
        }

        private static String text(ByteBuffer file, int at) {
            byte[] bytes = new byte[8];
            file.get(at, bytes);
            return new String(bytes, StandardCharsets.US_ASCII).strip();
        }
    }
}
