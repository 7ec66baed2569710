package tickerplant.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickerplant.feed.FeedSink;
import tickerplant.market.Condition;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Listed;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Trade;

/**
 * Compares each event of a real capture with an independent decoding of it. Data provided for free by IEX. By accessing
 * or using IEX Historical Data, you agree to the IEX Historical Data Terms of Use.
 */
class TopsOracleTest {
    private static final Path FOLDER = Path.of("..", "shared", "data", "iex");

    @BeforeEach
    void theCaptureIsThere() {
        Assumptions.assumeTrue(Files.isDirectory(FOLDER), FOLDER + " is absent: real captures are not tested");
    }

    @Test
    void everyEventIsAsTheOracleSays() throws Exception {
        IexCapture capture = capture();
        assertEquals(7_799, capture.instruments().size());
        try (BufferedReader oracle =
                new BufferedReader(new InputStreamReader(open("TOPS16.decoded.csv.gz"), StandardCharsets.US_ASCII))) {
            oracle.readLine();
            int[] counts = new int[2];
            Heard damage = new Heard();
            capture.play(new FeedSink() {
                @Override
                public void event(Event event) {
                    if (event instanceof Quote || event instanceof Trade) {
                        counts[event instanceof Quote ? 0 : 1]++;
                        assertEquals(line(oracle), written(event));
                    }
                }

                @Override
                public void damaged(String place, String reason) {
                    damage.damaged(place, reason);
                }
            });
            assertNull(oracle.readLine());
            assertEquals(27_217, counts[0]);
            assertEquals(6_390, counts[1]);
            assertEquals(0, damage.damage().size(), damage.damage().toString());
            assertEquals(0, damage.events(Listed.class).size());
        }
    }

    /** The oracle's line, with its nanoseconds cut to microseconds. */
    private static String line(BufferedReader oracle) {
        try {
            String[] cells = oracle.readLine().split(",", -1);
            cells[1] = cells[1].substring(0, cells[1].length() - 3);
            return String.join(",", cells);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String written(Event event) {
        if (event instanceof Quote q) {
            return String.join(
                    ",",
                    "Q",
                    Long.toString(q.ts()),
                    q.symbol().name(),
                    size(q.bidSize()),
                    price(q.bidPrice()),
                    price(q.askPrice()),
                    size(q.askSize()));
        }
        Trade t = (Trade) event;
        assertEquals(Side.UNKNOWN, t.side());
        assertEquals("IEX", t.venue());
        return String.join(
                ",",
                "T",
                Long.toString(t.ts()),
                t.symbol().name(),
                size(t.size()),
                price(t.price()),
                t.id(),
                flags(t.conditions()));
    }

    private static String flags(Set<Condition> conditions) {
        int flags = 0;
        for (Condition condition : conditions) {
            flags |= switch (condition) {
                case INTERMARKET_SWEEP -> 0x80;
                case EXTENDED -> 0x40;
                case ODD_LOT -> 0x20;
                case TRADE_THROUGH_EXEMPT -> 0x10;
                case SINGLE_PRICE_CROSS -> 0x08;
            };
        }
        return Integer.toString(flags);
    }

    private static String price(long steps) {
        return (steps == Decimal.ABSENT ? BigDecimal.ZERO.setScale(4) : Decimal.value(steps, 4)).toPlainString();
    }

    private static String size(long steps) {
        return steps == Decimal.ABSENT ? "0" : Long.toString(steps);
    }

    private static IexCapture capture() {
        return new IexCapture(() -> open("TOPS16.pcapng.gz"), "f", "");
    }

    private static InputStream open(String name) throws IOException {
        return new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name)), 64 * 1024);
    }
}
